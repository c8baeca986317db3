// Made by Scripts/protobuf-schema; not to be edited.

/// The protobuf messages of the built-in kinds, one a line: `group.Message number!name=type …`.
///
/// `!` marks a field that is written even if it is empty; `*` a repeated one, `%` a map from texts. The name is
/// that in JSON, `~` where JSON flattens the message. Types: `s` text, `i` integer, `b` boolean,
/// `y` bytes, `d` double, a message by its name, without its group where that is the same.
package enum ProtobufSchemaTable {
  package static let text = #"""
    admissionregistration.v1.ApplyConfiguration 1!expression=s
    admissionregistration.v1.AuditAnnotation 1!key=s 2!valueExpression=s
    admissionregistration.v1.ExpressionWarning 2!fieldRef=s 3!warning=s
    admissionregistration.v1.JSONPatch 1!expression=s
    admissionregistration.v1.MatchCondition 1!name=s 2!expression=s
    admissionregistration.v1.MatchResources 1namespaceSelector=meta.LabelSelector
      2objectSelector=meta.LabelSelector 3resourceRules=*NamedRuleWithOperations
      4excludeResourceRules=*NamedRuleWithOperations 7matchPolicy=s
    admissionregistration.v1.MutatingAdmissionPolicy 1!metadata=meta.ObjectMeta
      2!spec=MutatingAdmissionPolicySpec
    admissionregistration.v1.MutatingAdmissionPolicyBinding 1!metadata=meta.ObjectMeta
      2!spec=MutatingAdmissionPolicyBindingSpec
    admissionregistration.v1.MutatingAdmissionPolicyBindingList 1!metadata=meta.ListMeta
      2items=*MutatingAdmissionPolicyBinding
    admissionregistration.v1.MutatingAdmissionPolicyBindingSpec 1!policyName=s 2paramRef=ParamRef
      3matchResources=MatchResources
    admissionregistration.v1.MutatingAdmissionPolicyList 1!metadata=meta.ListMeta
      2items=*MutatingAdmissionPolicy
    admissionregistration.v1.MutatingAdmissionPolicySpec 1paramKind=ParamKind 2matchConstraints=MatchResources
      3variables=*Variable 4mutations=*Mutation 5failurePolicy=s 6matchConditions=*MatchCondition
      7!reinvocationPolicy=s
    admissionregistration.v1.MutatingWebhook 1!name=s 2!clientConfig=WebhookClientConfig
      3rules=*RuleWithOperations 4failurePolicy=s 5namespaceSelector=meta.LabelSelector 6sideEffects=s
      7timeoutSeconds=i 8admissionReviewVersions=*s 9matchPolicy=s 10reinvocationPolicy=s
      11objectSelector=meta.LabelSelector 12matchConditions=*MatchCondition
    admissionregistration.v1.MutatingWebhookConfiguration 1!metadata=meta.ObjectMeta
      2webhooks=*MutatingWebhook
    admissionregistration.v1.MutatingWebhookConfigurationList 1!metadata=meta.ListMeta
      2items=*MutatingWebhookConfiguration
    admissionregistration.v1.Mutation 2!patchType=s 3applyConfiguration=ApplyConfiguration
      4jsonPatch=JSONPatch
    admissionregistration.v1.NamedRuleWithOperations 1resourceNames=*s 2!~=RuleWithOperations
    admissionregistration.v1.ParamKind 1!apiVersion=s 2!kind=s
    admissionregistration.v1.ParamRef 1!name=s 2!namespace=s 3selector=meta.LabelSelector
      4parameterNotFoundAction=s
    admissionregistration.v1.Rule 1apiGroups=*s 2apiVersions=*s 3resources=*s 4scope=s
    admissionregistration.v1.RuleWithOperations 1operations=*s 2!~=Rule
    admissionregistration.v1.ServiceReference 1!namespace=s 2!name=s 3path=s 4port=i
    admissionregistration.v1.TypeChecking 1expressionWarnings=*ExpressionWarning
    admissionregistration.v1.ValidatingAdmissionPolicy 1!metadata=meta.ObjectMeta
      2!spec=ValidatingAdmissionPolicySpec 3!status=ValidatingAdmissionPolicyStatus
    admissionregistration.v1.ValidatingAdmissionPolicyBinding 1!metadata=meta.ObjectMeta
      2!spec=ValidatingAdmissionPolicyBindingSpec
    admissionregistration.v1.ValidatingAdmissionPolicyBindingList 1!metadata=meta.ListMeta
      2items=*ValidatingAdmissionPolicyBinding
    admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec 1!policyName=s 2paramRef=ParamRef
      3matchResources=MatchResources 4validationActions=*s
    admissionregistration.v1.ValidatingAdmissionPolicyList 1!metadata=meta.ListMeta
      2items=*ValidatingAdmissionPolicy
    admissionregistration.v1.ValidatingAdmissionPolicySpec 1paramKind=ParamKind
      2matchConstraints=MatchResources 3validations=*Validation 4failurePolicy=s
      5auditAnnotations=*AuditAnnotation 6matchConditions=*MatchCondition 7variables=*Variable
    admissionregistration.v1.ValidatingAdmissionPolicyStatus 1!observedGeneration=i 2typeChecking=TypeChecking
      3conditions=*meta.Condition
    admissionregistration.v1.ValidatingWebhook 1!name=s 2!clientConfig=WebhookClientConfig
      3rules=*RuleWithOperations 4failurePolicy=s 5namespaceSelector=meta.LabelSelector 6sideEffects=s
      7timeoutSeconds=i 8admissionReviewVersions=*s 9matchPolicy=s 10objectSelector=meta.LabelSelector
      11matchConditions=*MatchCondition
    admissionregistration.v1.ValidatingWebhookConfiguration 1!metadata=meta.ObjectMeta
      2webhooks=*ValidatingWebhook
    admissionregistration.v1.ValidatingWebhookConfigurationList 1!metadata=meta.ListMeta
      2items=*ValidatingWebhookConfiguration
    admissionregistration.v1.Validation 1!expression=s 2!message=s 3reason=s 4!messageExpression=s
    admissionregistration.v1.Variable 1!name=s 2!expression=s
    admissionregistration.v1.WebhookClientConfig 1service=ServiceReference 2caBundle=y 3url=s
    apiextensions.v1.CustomResourceColumnDefinition 1!name=s 2!type=s 3!format=s 4!description=s 5!priority=i
      6!jsonPath=s
    apiextensions.v1.CustomResourceConversion 1!strategy=s 2webhook=WebhookConversion
    apiextensions.v1.CustomResourceDefinition 1!metadata=meta.ObjectMeta 2!spec=CustomResourceDefinitionSpec
      3!status=CustomResourceDefinitionStatus
    apiextensions.v1.CustomResourceDefinitionCondition 1!type=s 2!status=s 3!lastTransitionTime=meta.Time
      4!reason=s 5!message=s 6!observedGeneration=i
    apiextensions.v1.CustomResourceDefinitionList 1!metadata=meta.ListMeta 2items=*CustomResourceDefinition
    apiextensions.v1.CustomResourceDefinitionNames 1!plural=s 2!singular=s 3shortNames=*s 4!kind=s
      5!listKind=s 6categories=*s
    apiextensions.v1.CustomResourceDefinitionSpec 1!group=s 3!names=CustomResourceDefinitionNames 4!scope=s
      7versions=*CustomResourceDefinitionVersion 9conversion=CustomResourceConversion
      10!preserveUnknownFields=b
    apiextensions.v1.CustomResourceDefinitionStatus 1conditions=*CustomResourceDefinitionCondition
      2!acceptedNames=CustomResourceDefinitionNames 3storedVersions=*s 4!observedGeneration=i
    apiextensions.v1.CustomResourceDefinitionVersion 1!name=s 2!served=b 3!storage=b
      4schema=CustomResourceValidation 5subresources=CustomResourceSubresources
      6additionalPrinterColumns=*CustomResourceColumnDefinition 7!deprecated=b 8deprecationWarning=s
      9selectableFields=*SelectableField
    apiextensions.v1.CustomResourceSubresourceScale 1!specReplicasPath=s 2!statusReplicasPath=s
      3labelSelectorPath=s
    apiextensions.v1.CustomResourceSubresourceStatus
    apiextensions.v1.CustomResourceSubresources 1status=CustomResourceSubresourceStatus
      2scale=CustomResourceSubresourceScale
    apiextensions.v1.CustomResourceValidation 1openAPIV3Schema=JSONSchemaProps
    apiextensions.v1.ExternalDocumentation 1!description=s 2!url=s
    apiextensions.v1.JSONSchemaProps 1!id=s 2!$schema=s 3$ref=s 4!description=s 5!type=s 6!format=s 7!title=s
      8default=JSON 9maximum=d 10!exclusiveMaximum=b 11minimum=d 12!exclusiveMinimum=b 13maxLength=i
      14minLength=i 15!pattern=s 16maxItems=i 17minItems=i 18!uniqueItems=b 19multipleOf=d 20enum=*JSON
      21maxProperties=i 22minProperties=i 23required=*s 24items=JSONSchemaPropsOrArray
      25allOf=*JSONSchemaProps 26oneOf=*JSONSchemaProps 27anyOf=*JSONSchemaProps 28not=JSONSchemaProps
      29properties=%JSONSchemaProps 30additionalProperties=JSONSchemaPropsOrBool
      31patternProperties=%JSONSchemaProps 32dependencies=%JSONSchemaPropsOrStringArray
      33additionalItems=JSONSchemaPropsOrBool 34definitions=%JSONSchemaProps
      35externalDocs=ExternalDocumentation 36example=JSON 37!nullable=b
      38x-kubernetes-preserve-unknown-fields=b 39!x-kubernetes-embedded-resource=b
      40!x-kubernetes-int-or-string=b 41x-kubernetes-list-map-keys=*s 42x-kubernetes-list-type=s
      43x-kubernetes-map-type=s 44x-kubernetes-validations=*ValidationRule
    apiextensions.v1.JSONSchemaPropsOrArray 1schema=JSONSchemaProps 2jSONSchemas=*JSONSchemaProps
    apiextensions.v1.JSONSchemaPropsOrBool 1!allows=b 2schema=JSONSchemaProps
    apiextensions.v1.JSONSchemaPropsOrStringArray 1schema=JSONSchemaProps 2property=*s
    apiextensions.v1.SelectableField 1!jsonPath=s
    apiextensions.v1.ServiceReference 1!namespace=s 2!name=s 3path=s 4port=i
    apiextensions.v1.ValidationRule 1!rule=s 2!message=s 3!messageExpression=s 4reason=s 5!fieldPath=s
      6optionalOldSelf=b
    apiextensions.v1.WebhookClientConfig 1service=ServiceReference 2caBundle=y 3url=s
    apiextensions.v1.WebhookConversion 2clientConfig=WebhookClientConfig 3conversionReviewVersions=*s
    apps.v1.ControllerRevision 1!metadata=meta.ObjectMeta 2!data=runtime.RawExtension 3!revision=i
    apps.v1.ControllerRevisionList 1!metadata=meta.ListMeta 2items=*ControllerRevision
    apps.v1.DaemonSet 1!metadata=meta.ObjectMeta 2!spec=DaemonSetSpec 3!status=DaemonSetStatus
    apps.v1.DaemonSetCondition 1!type=s 2!status=s 3!lastTransitionTime=meta.Time 4!reason=s 5!message=s
    apps.v1.DaemonSetList 1!metadata=meta.ListMeta 2items=*DaemonSet
    apps.v1.DaemonSetSpec 1selector=meta.LabelSelector 2!template=core.v1.PodTemplateSpec
      3!updateStrategy=DaemonSetUpdateStrategy 4!minReadySeconds=i 6revisionHistoryLimit=i
    apps.v1.DaemonSetStatus 1!currentNumberScheduled=i 2!numberMisscheduled=i 3!desiredNumberScheduled=i
      4!numberReady=i 5!observedGeneration=i 6!updatedNumberScheduled=i 7!numberAvailable=i
      8!numberUnavailable=i 9collisionCount=i 10conditions=*DaemonSetCondition
    apps.v1.DaemonSetUpdateStrategy 1!type=s 2rollingUpdate=RollingUpdateDaemonSet
    apps.v1.Deployment 1!metadata=meta.ObjectMeta 2!spec=DeploymentSpec 3!status=DeploymentStatus
    apps.v1.DeploymentCondition 1!type=s 2!status=s 4!reason=s 5!message=s 6!lastUpdateTime=meta.Time
      7!lastTransitionTime=meta.Time
    apps.v1.DeploymentList 1!metadata=meta.ListMeta 2items=*Deployment
    apps.v1.DeploymentSpec 1replicas=i 2selector=meta.LabelSelector 3!template=core.v1.PodTemplateSpec
      4!strategy=DeploymentStrategy 5!minReadySeconds=i 6revisionHistoryLimit=i 7!paused=b
      9progressDeadlineSeconds=i
    apps.v1.DeploymentStatus 1!observedGeneration=i 2!replicas=i 3!updatedReplicas=i 4!availableReplicas=i
      5!unavailableReplicas=i 6conditions=*DeploymentCondition 7!readyReplicas=i 8collisionCount=i
      9terminatingReplicas=i
    apps.v1.DeploymentStrategy 1!type=s 2rollingUpdate=RollingUpdateDeployment
    apps.v1.ReplicaSet 1!metadata=meta.ObjectMeta 2!spec=ReplicaSetSpec 3!status=ReplicaSetStatus
    apps.v1.ReplicaSetCondition 1!type=s 2!status=s 3!lastTransitionTime=meta.Time 4!reason=s 5!message=s
    apps.v1.ReplicaSetList 1!metadata=meta.ListMeta 2items=*ReplicaSet
    apps.v1.ReplicaSetSpec 1replicas=i 2selector=meta.LabelSelector 3!template=core.v1.PodTemplateSpec
      4!minReadySeconds=i
    apps.v1.ReplicaSetStatus 1!replicas=i 2!fullyLabeledReplicas=i 3!observedGeneration=i 4!readyReplicas=i
      5!availableReplicas=i 6conditions=*ReplicaSetCondition 7terminatingReplicas=i
    apps.v1.RollingUpdateDaemonSet 1maxUnavailable=intstr.IntOrString 2maxSurge=intstr.IntOrString
    apps.v1.RollingUpdateDeployment 1maxUnavailable=intstr.IntOrString 2maxSurge=intstr.IntOrString
    apps.v1.RollingUpdateStatefulSetStrategy 1partition=i 2maxUnavailable=intstr.IntOrString
    apps.v1.StatefulSet 1!metadata=meta.ObjectMeta 2!spec=StatefulSetSpec 3!status=StatefulSetStatus
    apps.v1.StatefulSetCondition 1!type=s 2!status=s 3!lastTransitionTime=meta.Time 4!reason=s 5!message=s
    apps.v1.StatefulSetList 1!metadata=meta.ListMeta 2items=*StatefulSet
    apps.v1.StatefulSetOrdinals 1!start=i
    apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy 1!whenDeleted=s 2!whenScaled=s
    apps.v1.StatefulSetSpec 1replicas=i 2selector=meta.LabelSelector 3!template=core.v1.PodTemplateSpec
      4volumeClaimTemplates=*core.v1.PersistentVolumeClaim 5!serviceName=s 6!podManagementPolicy=s
      7!updateStrategy=StatefulSetUpdateStrategy 8revisionHistoryLimit=i 9!minReadySeconds=i
      10persistentVolumeClaimRetentionPolicy=StatefulSetPersistentVolumeClaimRetentionPolicy
      11ordinals=StatefulSetOrdinals
    apps.v1.StatefulSetStatus 1!observedGeneration=i 2!replicas=i 3!readyReplicas=i 4!currentReplicas=i
      5!updatedReplicas=i 6!currentRevision=s 7!updateRevision=s 9collisionCount=i
      10conditions=*StatefulSetCondition 11!availableReplicas=i
    apps.v1.StatefulSetUpdateStrategy 1!type=s 2rollingUpdate=RollingUpdateStatefulSetStrategy
    autoscaling.v1.CrossVersionObjectReference 1!kind=s 2!name=s 3!apiVersion=s
    autoscaling.v1.HorizontalPodAutoscaler 1!metadata=meta.ObjectMeta 2!spec=HorizontalPodAutoscalerSpec
      3!status=HorizontalPodAutoscalerStatus
    autoscaling.v1.HorizontalPodAutoscalerList 1!metadata=meta.ListMeta 2items=*HorizontalPodAutoscaler
    autoscaling.v1.HorizontalPodAutoscalerSpec 1!scaleTargetRef=CrossVersionObjectReference 2minReplicas=i
      3!maxReplicas=i 4targetCPUUtilizationPercentage=i
    autoscaling.v1.HorizontalPodAutoscalerStatus 1observedGeneration=i 2lastScaleTime=meta.Time
      3!currentReplicas=i 4!desiredReplicas=i 5currentCPUUtilizationPercentage=i
    autoscaling.v2.ContainerResourceMetricSource 1!name=s 2!target=MetricTarget 3!container=s
    autoscaling.v2.ContainerResourceMetricStatus 1!name=s 2!current=MetricValueStatus 3!container=s
    autoscaling.v2.CrossVersionObjectReference 1!kind=s 2!name=s 3!apiVersion=s
    autoscaling.v2.ExternalMetricSource 1!metric=MetricIdentifier 2!target=MetricTarget
    autoscaling.v2.ExternalMetricStatus 1!metric=MetricIdentifier 2!current=MetricValueStatus
    autoscaling.v2.HPAScalingPolicy 1!type=s 2!value=i 3!periodSeconds=i
    autoscaling.v2.HPAScalingRules 1selectPolicy=s 2policies=*HPAScalingPolicy 3stabilizationWindowSeconds=i
      4tolerance=resource.Quantity
    autoscaling.v2.HorizontalPodAutoscaler 1!metadata=meta.ObjectMeta 2!spec=HorizontalPodAutoscalerSpec
      3!status=HorizontalPodAutoscalerStatus
    autoscaling.v2.HorizontalPodAutoscalerBehavior 1scaleUp=HPAScalingRules 2scaleDown=HPAScalingRules
    autoscaling.v2.HorizontalPodAutoscalerCondition 1!type=s 2!status=s 3!lastTransitionTime=meta.Time
      4!reason=s 5!message=s
    autoscaling.v2.HorizontalPodAutoscalerList 1!metadata=meta.ListMeta 2items=*HorizontalPodAutoscaler
    autoscaling.v2.HorizontalPodAutoscalerSpec 1!scaleTargetRef=CrossVersionObjectReference 2minReplicas=i
      3!maxReplicas=i 4metrics=*MetricSpec 5behavior=HorizontalPodAutoscalerBehavior
    autoscaling.v2.HorizontalPodAutoscalerStatus 1observedGeneration=i 2lastScaleTime=meta.Time
      3!currentReplicas=i 4!desiredReplicas=i 5currentMetrics=*MetricStatus
      6conditions=*HorizontalPodAutoscalerCondition
    autoscaling.v2.MetricIdentifier 1!name=s 2selector=meta.LabelSelector
    autoscaling.v2.MetricSpec 1!type=s 2object=ObjectMetricSource 3pods=PodsMetricSource
      4resource=ResourceMetricSource 5external=ExternalMetricSource
      7containerResource=ContainerResourceMetricSource
    autoscaling.v2.MetricStatus 1!type=s 2object=ObjectMetricStatus 3pods=PodsMetricStatus
      4resource=ResourceMetricStatus 5external=ExternalMetricStatus
      7containerResource=ContainerResourceMetricStatus
    autoscaling.v2.MetricTarget 1!type=s 2value=resource.Quantity 3averageValue=resource.Quantity
      4averageUtilization=i
    autoscaling.v2.MetricValueStatus 1value=resource.Quantity 2averageValue=resource.Quantity
      3averageUtilization=i
    autoscaling.v2.ObjectMetricSource 1!describedObject=CrossVersionObjectReference 2!target=MetricTarget
      3!metric=MetricIdentifier
    autoscaling.v2.ObjectMetricStatus 1!metric=MetricIdentifier 2!current=MetricValueStatus
      3!describedObject=CrossVersionObjectReference
    autoscaling.v2.PodsMetricSource 1!metric=MetricIdentifier 2!target=MetricTarget
    autoscaling.v2.PodsMetricStatus 1!metric=MetricIdentifier 2!current=MetricValueStatus
    autoscaling.v2.ResourceMetricSource 1!name=s 2!target=MetricTarget
    autoscaling.v2.ResourceMetricStatus 1!name=s 2!current=MetricValueStatus
    batch.v1.CronJob 1!metadata=meta.ObjectMeta 2!spec=CronJobSpec 3!status=CronJobStatus
    batch.v1.CronJobList 1!metadata=meta.ListMeta 2items=*CronJob
    batch.v1.CronJobSpec 1!schedule=s 2startingDeadlineSeconds=i 3!concurrencyPolicy=s 4suspend=b
      5!jobTemplate=JobTemplateSpec 6successfulJobsHistoryLimit=i 7failedJobsHistoryLimit=i 8timeZone=s
    batch.v1.CronJobStatus 1active=*core.v1.ObjectReference 4lastScheduleTime=meta.Time
      5lastSuccessfulTime=meta.Time
    batch.v1.Job 1!metadata=meta.ObjectMeta 2!spec=JobSpec 3!status=JobStatus
    batch.v1.JobCondition 1!type=s 2!status=s 3!lastProbeTime=meta.Time 4!lastTransitionTime=meta.Time
      5!reason=s 6!message=s
    batch.v1.JobList 1!metadata=meta.ListMeta 2items=*Job
    batch.v1.JobSpec 1parallelism=i 2completions=i 3activeDeadlineSeconds=i 4selector=meta.LabelSelector
      5manualSelector=b 6!template=core.v1.PodTemplateSpec 7backoffLimit=i 8ttlSecondsAfterFinished=i
      9completionMode=s 10suspend=b 11podFailurePolicy=PodFailurePolicy 12backoffLimitPerIndex=i
      13maxFailedIndexes=i 14podReplacementPolicy=s 15managedBy=s 16successPolicy=SuccessPolicy
    batch.v1.JobStatus 1conditions=*JobCondition 2startTime=meta.Time 3completionTime=meta.Time 4!active=i
      5!succeeded=i 6!failed=i 7!completedIndexes=s 8uncountedTerminatedPods=UncountedTerminatedPods 9ready=i
      10failedIndexes=s 11terminating=i
    batch.v1.JobTemplateSpec 1!metadata=meta.ObjectMeta 2!spec=JobSpec
    batch.v1.PodFailurePolicy 1rules=*PodFailurePolicyRule
    batch.v1.PodFailurePolicyOnExitCodesRequirement 1containerName=s 2!operator=s 3values=*i
    batch.v1.PodFailurePolicyOnPodConditionsPattern 1!type=s 2!status=s
    batch.v1.PodFailurePolicyRule 1!action=s 2onExitCodes=PodFailurePolicyOnExitCodesRequirement
      3onPodConditions=*PodFailurePolicyOnPodConditionsPattern
    batch.v1.SuccessPolicy 1rules=*SuccessPolicyRule
    batch.v1.SuccessPolicyRule 1succeededIndexes=s 2succeededCount=i
    batch.v1.UncountedTerminatedPods 1succeeded=*s 2failed=*s
    certificates.v1.CertificateSigningRequest 1!metadata=meta.ObjectMeta 2!spec=CertificateSigningRequestSpec
      3!status=CertificateSigningRequestStatus
    certificates.v1.CertificateSigningRequestCondition 1!type=s 2!reason=s 3!message=s
      4!lastUpdateTime=meta.Time 5!lastTransitionTime=meta.Time 6!status=s
    certificates.v1.CertificateSigningRequestList 1!metadata=meta.ListMeta 2items=*CertificateSigningRequest
    certificates.v1.CertificateSigningRequestSpec 1request=y 2!username=s 3!uid=s 4groups=*s 5usages=*s
      6extra=%ExtraValue 7!signerName=s 8expirationSeconds=i
    certificates.v1.CertificateSigningRequestStatus 1conditions=*CertificateSigningRequestCondition
      2certificate=y
    certificates.v1.ExtraValue 1items=*s
    coordination.v1.Lease 1!metadata=meta.ObjectMeta 2!spec=LeaseSpec
    coordination.v1.LeaseList 1!metadata=meta.ListMeta 2items=*Lease
    coordination.v1.LeaseSpec 1holderIdentity=s 2leaseDurationSeconds=i 3acquireTime=meta.MicroTime
      4renewTime=meta.MicroTime 5leaseTransitions=i 6strategy=s 7preferredHolder=s
    core.v1.AWSElasticBlockStoreVolumeSource 1!volumeID=s 2!fsType=s 3!partition=i 4!readOnly=b
    core.v1.Affinity 1nodeAffinity=NodeAffinity 2podAffinity=PodAffinity 3podAntiAffinity=PodAntiAffinity
    core.v1.AppArmorProfile 1!type=s 2localhostProfile=s
    core.v1.AttachedVolume 1!name=s 2!devicePath=s
    core.v1.AzureDiskVolumeSource 1!diskName=s 2!diskURI=s 3cachingMode=s 4fsType=s 5readOnly=b 6kind=s
    core.v1.AzureFilePersistentVolumeSource 1!secretName=s 2!shareName=s 3!readOnly=b 4secretNamespace=s
    core.v1.AzureFileVolumeSource 1!secretName=s 2!shareName=s 3!readOnly=b
    core.v1.CSIPersistentVolumeSource 1!driver=s 2!volumeHandle=s 3!readOnly=b 4!fsType=s 5volumeAttributes=%s
      6controllerPublishSecretRef=SecretReference 7nodeStageSecretRef=SecretReference
      8nodePublishSecretRef=SecretReference 9controllerExpandSecretRef=SecretReference
      10nodeExpandSecretRef=SecretReference
    core.v1.CSIVolumeSource 1!driver=s 2readOnly=b 3fsType=s 4volumeAttributes=%s
      5nodePublishSecretRef=LocalObjectReference
    core.v1.Capabilities 1add=*s 2drop=*s
    core.v1.CephFSPersistentVolumeSource 1monitors=*s 2!path=s 3!user=s 4!secretFile=s
      5secretRef=SecretReference 6!readOnly=b
    core.v1.CephFSVolumeSource 1monitors=*s 2!path=s 3!user=s 4!secretFile=s 5secretRef=LocalObjectReference
      6!readOnly=b
    core.v1.CinderPersistentVolumeSource 1!volumeID=s 2!fsType=s 3!readOnly=b 4secretRef=SecretReference
    core.v1.CinderVolumeSource 1!volumeID=s 2!fsType=s 3!readOnly=b 4secretRef=LocalObjectReference
    core.v1.ClientIPConfig 1timeoutSeconds=i
    core.v1.ClusterTrustBundleProjection 1name=s 2signerName=s 3labelSelector=meta.LabelSelector 4!path=s
      5optional=b
    core.v1.ComponentCondition 1!type=s 2!status=s 3!message=s 4!error=s
    core.v1.ComponentStatus 1!metadata=meta.ObjectMeta 2conditions=*ComponentCondition
    core.v1.ComponentStatusList 1!metadata=meta.ListMeta 2items=*ComponentStatus
    core.v1.ConfigMap 1!metadata=meta.ObjectMeta 2data=%s 3binaryData=%y 4immutable=b
    core.v1.ConfigMapEnvSource 1!~=LocalObjectReference 2optional=b
    core.v1.ConfigMapKeySelector 1!~=LocalObjectReference 2!key=s 3optional=b
    core.v1.ConfigMapList 1!metadata=meta.ListMeta 2items=*ConfigMap
    core.v1.ConfigMapNodeConfigSource 1!namespace=s 2!name=s 3!uid=s 4!resourceVersion=s 5!kubeletConfigKey=s
    core.v1.ConfigMapProjection 1!~=LocalObjectReference 2items=*KeyToPath 4optional=b
    core.v1.ConfigMapVolumeSource 1!~=LocalObjectReference 2items=*KeyToPath 3defaultMode=i 4optional=b
    core.v1.Container 1!name=s 2!image=s 3command=*s 4args=*s 5!workingDir=s 6ports=*ContainerPort
      7env=*EnvVar 8!resources=ResourceRequirements 9volumeMounts=*VolumeMount 10livenessProbe=Probe
      11readinessProbe=Probe 12lifecycle=Lifecycle 13!terminationMessagePath=s 14!imagePullPolicy=s
      15securityContext=SecurityContext 16!stdin=b 17!stdinOnce=b 18!tty=b 19envFrom=*EnvFromSource
      20!terminationMessagePolicy=s 21volumeDevices=*VolumeDevice 22startupProbe=Probe
      23resizePolicy=*ContainerResizePolicy 24restartPolicy=s 25restartPolicyRules=*ContainerRestartRule
    core.v1.ContainerExtendedResourceRequest 1!containerName=s 2!resourceName=s 3!requestName=s
    core.v1.ContainerImage 1names=*s 2!sizeBytes=i
    core.v1.ContainerPort 1!name=s 2!hostPort=i 3!containerPort=i 4!protocol=s 5!hostIP=s
    core.v1.ContainerResizePolicy 1!resourceName=s 2!restartPolicy=s
    core.v1.ContainerRestartRule 1!action=s 2exitCodes=ContainerRestartRuleOnExitCodes
    core.v1.ContainerRestartRuleOnExitCodes 1!operator=s 2values=*i
    core.v1.ContainerState 1waiting=ContainerStateWaiting 2running=ContainerStateRunning
      3terminated=ContainerStateTerminated
    core.v1.ContainerStateRunning 1!startedAt=meta.Time
    core.v1.ContainerStateTerminated 1!exitCode=i 2!signal=i 3!reason=s 4!message=s 5!startedAt=meta.Time
      6!finishedAt=meta.Time 7!containerID=s
    core.v1.ContainerStateWaiting 1!reason=s 2!message=s
    core.v1.ContainerStatus 1!name=s 2!state=ContainerState 3!lastState=ContainerState 4!ready=b
      5!restartCount=i 6!image=s 7!imageID=s 8!containerID=s 9started=b
      10allocatedResources=%resource.Quantity 11resources=ResourceRequirements
      12volumeMounts=*VolumeMountStatus 13user=ContainerUser 14allocatedResourcesStatus=*ResourceStatus
      15stopSignal=s
    core.v1.ContainerUser 1linux=LinuxContainerUser
    core.v1.DaemonEndpoint 1!Port=i
    core.v1.DownwardAPIProjection 1items=*DownwardAPIVolumeFile
    core.v1.DownwardAPIVolumeFile 1!path=s 2fieldRef=ObjectFieldSelector
      3resourceFieldRef=ResourceFieldSelector 4mode=i
    core.v1.DownwardAPIVolumeSource 1items=*DownwardAPIVolumeFile 2defaultMode=i
    core.v1.EmptyDirVolumeSource 1!medium=s 2sizeLimit=resource.Quantity
    core.v1.EndpointAddress 1!ip=s 2targetRef=ObjectReference 3!hostname=s 4nodeName=s
    core.v1.EndpointPort 1!name=s 2!port=i 3!protocol=s 4appProtocol=s
    core.v1.EndpointSubset 1addresses=*EndpointAddress 2notReadyAddresses=*EndpointAddress
      3ports=*EndpointPort
    core.v1.Endpoints 1!metadata=meta.ObjectMeta 2subsets=*EndpointSubset
    core.v1.EndpointsList 1!metadata=meta.ListMeta 2items=*Endpoints
    core.v1.EnvFromSource 1!prefix=s 2configMapRef=ConfigMapEnvSource 3secretRef=SecretEnvSource
    core.v1.EnvVar 1!name=s 2!value=s 3valueFrom=EnvVarSource
    core.v1.EnvVarSource 1fieldRef=ObjectFieldSelector 2resourceFieldRef=ResourceFieldSelector
      3configMapKeyRef=ConfigMapKeySelector 4secretKeyRef=SecretKeySelector 5fileKeyRef=FileKeySelector
    core.v1.EphemeralContainer 1!~=EphemeralContainerCommon 2!targetContainerName=s
    core.v1.EphemeralContainerCommon 1!name=s 2!image=s 3command=*s 4args=*s 5!workingDir=s
      6ports=*ContainerPort 7env=*EnvVar 8!resources=ResourceRequirements 9volumeMounts=*VolumeMount
      10livenessProbe=Probe 11readinessProbe=Probe 12lifecycle=Lifecycle 13!terminationMessagePath=s
      14!imagePullPolicy=s 15securityContext=SecurityContext 16!stdin=b 17!stdinOnce=b 18!tty=b
      19envFrom=*EnvFromSource 20!terminationMessagePolicy=s 21volumeDevices=*VolumeDevice
      22startupProbe=Probe 23resizePolicy=*ContainerResizePolicy 24restartPolicy=s
      25restartPolicyRules=*ContainerRestartRule
    core.v1.EphemeralVolumeSource 1volumeClaimTemplate=PersistentVolumeClaimTemplate
    core.v1.Event 1!metadata=meta.ObjectMeta 2!involvedObject=ObjectReference 3!reason=s 4!message=s
      5!source=EventSource 6!firstTimestamp=meta.Time 7!lastTimestamp=meta.Time 8!count=i 9!type=s
      10!eventTime=meta.MicroTime 11series=EventSeries 12!action=s 13related=ObjectReference
      14!reportingComponent=s 15!reportingInstance=s
    core.v1.EventList 1!metadata=meta.ListMeta 2items=*Event
    core.v1.EventSeries 1!count=i 2!lastObservedTime=meta.MicroTime
    core.v1.EventSource 1!component=s 2!host=s
    core.v1.ExecAction 1command=*s
    core.v1.FCVolumeSource 1targetWWNs=*s 2lun=i 3!fsType=s 4!readOnly=b 5wwids=*s
    core.v1.FileKeySelector 1!volumeName=s 2!path=s 3!key=s 4optional=b
    core.v1.FlexPersistentVolumeSource 1!driver=s 2!fsType=s 3secretRef=SecretReference 4!readOnly=b
      5options=%s
    core.v1.FlexVolumeSource 1!driver=s 2!fsType=s 3secretRef=LocalObjectReference 4!readOnly=b 5options=%s
    core.v1.FlockerVolumeSource 1!datasetName=s 2!datasetUUID=s
    core.v1.GCEPersistentDiskVolumeSource 1!pdName=s 2!fsType=s 3!partition=i 4!readOnly=b
    core.v1.GRPCAction 1!port=i 2service=s
    core.v1.GitRepoVolumeSource 1!repository=s 2!revision=s 3!directory=s
    core.v1.GlusterfsPersistentVolumeSource 1!endpoints=s 2!path=s 3!readOnly=b 4endpointsNamespace=s
    core.v1.GlusterfsVolumeSource 1!endpoints=s 2!path=s 3!readOnly=b
    core.v1.HTTPGetAction 1!path=s 2!port=intstr.IntOrString 3!host=s 4!scheme=s 5httpHeaders=*HTTPHeader
    core.v1.HTTPHeader 1!name=s 2!value=s
    core.v1.HostAlias 1!ip=s 2hostnames=*s
    core.v1.HostIP 1!ip=s
    core.v1.HostPathVolumeSource 1!path=s 2type=s
    core.v1.ISCSIPersistentVolumeSource 1!targetPortal=s 2!iqn=s 3!lun=i 4!iscsiInterface=s 5!fsType=s
      6!readOnly=b 7portals=*s 8!chapAuthDiscovery=b 10secretRef=SecretReference 11!chapAuthSession=b
      12initiatorName=s
    core.v1.ISCSIVolumeSource 1!targetPortal=s 2!iqn=s 3!lun=i 4!iscsiInterface=s 5!fsType=s 6!readOnly=b
      7portals=*s 8!chapAuthDiscovery=b 10secretRef=LocalObjectReference 11!chapAuthSession=b
      12initiatorName=s
    core.v1.ImageVolumeSource 1!reference=s 2!pullPolicy=s
    core.v1.ImageVolumeStatus 1!imageRef=s
    core.v1.KeyToPath 1!key=s 2!path=s 3mode=i
    core.v1.Lifecycle 1postStart=LifecycleHandler 2preStop=LifecycleHandler 3stopSignal=s
    core.v1.LifecycleHandler 1exec=ExecAction 2httpGet=HTTPGetAction 3tcpSocket=TCPSocketAction
      4sleep=SleepAction
    core.v1.LimitRange 1!metadata=meta.ObjectMeta 2!spec=LimitRangeSpec
    core.v1.LimitRangeItem 1!type=s 2max=%resource.Quantity 3min=%resource.Quantity
      4default=%resource.Quantity 5defaultRequest=%resource.Quantity 6maxLimitRequestRatio=%resource.Quantity
    core.v1.LimitRangeList 1!metadata=meta.ListMeta 2items=*LimitRange
    core.v1.LimitRangeSpec 1limits=*LimitRangeItem
    core.v1.LinuxContainerUser 1!uid=i 2!gid=i 3supplementalGroups=*i
    core.v1.LoadBalancerIngress 1!ip=s 2!hostname=s 3ipMode=s 4ports=*PortStatus
    core.v1.LoadBalancerStatus 1ingress=*LoadBalancerIngress
    core.v1.LocalObjectReference 1!name=s
    core.v1.LocalVolumeSource 1!path=s 2fsType=s
    core.v1.ModifyVolumeStatus 1!targetVolumeAttributesClassName=s 2!status=s
    core.v1.NFSVolumeSource 1!server=s 2!path=s 3!readOnly=b
    core.v1.Namespace 1!metadata=meta.ObjectMeta 2!spec=NamespaceSpec 3!status=NamespaceStatus
    core.v1.NamespaceCondition 1!type=s 2!status=s 4!lastTransitionTime=meta.Time 5!reason=s 6!message=s
    core.v1.NamespaceList 1!metadata=meta.ListMeta 2items=*Namespace
    core.v1.NamespaceSpec 1finalizers=*s
    core.v1.NamespaceStatus 1!phase=s 2conditions=*NamespaceCondition
    core.v1.Node 1!metadata=meta.ObjectMeta 2!spec=NodeSpec 3!status=NodeStatus
    core.v1.NodeAddress 1!type=s 2!address=s
    core.v1.NodeAffinity 1requiredDuringSchedulingIgnoredDuringExecution=NodeSelector
      2preferredDuringSchedulingIgnoredDuringExecution=*PreferredSchedulingTerm
    core.v1.NodeAllocatableResourceClaimStatus 1!resourceClaimName=s 2containers=*s
      3resources=%resource.Quantity
    core.v1.NodeCondition 1!type=s 2!status=s 3!lastHeartbeatTime=meta.Time 4!lastTransitionTime=meta.Time
      5!reason=s 6!message=s
    core.v1.NodeConfigSource 2configMap=ConfigMapNodeConfigSource
    core.v1.NodeConfigStatus 1assigned=NodeConfigSource 2active=NodeConfigSource
      3lastKnownGood=NodeConfigSource 4!error=s
    core.v1.NodeDaemonEndpoints 1!kubeletEndpoint=DaemonEndpoint
    core.v1.NodeFeatures 1supplementalGroupsPolicy=b
    core.v1.NodeList 1!metadata=meta.ListMeta 2items=*Node
    core.v1.NodeRuntimeHandler 1!name=s 2features=NodeRuntimeHandlerFeatures
    core.v1.NodeRuntimeHandlerFeatures 1recursiveReadOnlyMounts=b 2userNamespaces=b
    core.v1.NodeSelector 1nodeSelectorTerms=*NodeSelectorTerm
    core.v1.NodeSelectorRequirement 1!key=s 2!operator=s 3values=*s
    core.v1.NodeSelectorTerm 1matchExpressions=*NodeSelectorRequirement 2matchFields=*NodeSelectorRequirement
    core.v1.NodeSpec 1!podCIDR=s 2!externalID=s 3!providerID=s 4!unschedulable=b 5taints=*Taint
      6configSource=NodeConfigSource 7podCIDRs=*s
    core.v1.NodeStatus 1capacity=%resource.Quantity 2allocatable=%resource.Quantity 3!phase=s
      4conditions=*NodeCondition 5addresses=*NodeAddress 6!daemonEndpoints=NodeDaemonEndpoints
      7!nodeInfo=NodeSystemInfo 8images=*ContainerImage 9volumesInUse=*s 10volumesAttached=*AttachedVolume
      11config=NodeConfigStatus 12runtimeHandlers=*NodeRuntimeHandler 13features=NodeFeatures
      14declaredFeatures=*s
    core.v1.NodeSwapStatus 1capacity=i
    core.v1.NodeSystemInfo 1!machineID=s 2!systemUUID=s 3!bootID=s 4!kernelVersion=s 5!osImage=s
      6!containerRuntimeVersion=s 7!kubeletVersion=s 8!kubeProxyVersion=s 9!operatingSystem=s
      10!architecture=s 11swap=NodeSwapStatus
    core.v1.ObjectFieldSelector 1!apiVersion=s 2!fieldPath=s
    core.v1.ObjectReference 1!kind=s 2!namespace=s 3!name=s 4!uid=s 5!apiVersion=s 6!resourceVersion=s
      7!fieldPath=s
    core.v1.PersistentVolume 1!metadata=meta.ObjectMeta 2!spec=PersistentVolumeSpec
      3!status=PersistentVolumeStatus
    core.v1.PersistentVolumeClaim 1!metadata=meta.ObjectMeta 2!spec=PersistentVolumeClaimSpec
      3!status=PersistentVolumeClaimStatus
    core.v1.PersistentVolumeClaimCondition 1!type=s 2!status=s 3!lastProbeTime=meta.Time
      4!lastTransitionTime=meta.Time 5!reason=s 6!message=s
    core.v1.PersistentVolumeClaimList 1!metadata=meta.ListMeta 2items=*PersistentVolumeClaim
    core.v1.PersistentVolumeClaimSpec 1accessModes=*s 2!resources=VolumeResourceRequirements 3!volumeName=s
      4selector=meta.LabelSelector 5storageClassName=s 6volumeMode=s 7dataSource=TypedLocalObjectReference
      8dataSourceRef=TypedObjectReference 9volumeAttributesClassName=s
    core.v1.PersistentVolumeClaimStatus 1!phase=s 2accessModes=*s 3capacity=%resource.Quantity
      4conditions=*PersistentVolumeClaimCondition 5allocatedResources=%resource.Quantity
      7allocatedResourceStatuses=%s 8currentVolumeAttributesClassName=s 9modifyVolumeStatus=ModifyVolumeStatus
    core.v1.PersistentVolumeClaimTemplate 1!metadata=meta.ObjectMeta 2!spec=PersistentVolumeClaimSpec
    core.v1.PersistentVolumeClaimVolumeSource 1!claimName=s 2!readOnly=b
    core.v1.PersistentVolumeList 1!metadata=meta.ListMeta 2items=*PersistentVolume
    core.v1.PersistentVolumeSource 1gcePersistentDisk=GCEPersistentDiskVolumeSource
      2awsElasticBlockStore=AWSElasticBlockStoreVolumeSource 3hostPath=HostPathVolumeSource
      4glusterfs=GlusterfsPersistentVolumeSource 5nfs=NFSVolumeSource 6rbd=RBDPersistentVolumeSource
      7iscsi=ISCSIPersistentVolumeSource 8cinder=CinderPersistentVolumeSource
      9cephfs=CephFSPersistentVolumeSource 10fc=FCVolumeSource 11flocker=FlockerVolumeSource
      12flexVolume=FlexPersistentVolumeSource 13azureFile=AzureFilePersistentVolumeSource
      14vsphereVolume=VsphereVirtualDiskVolumeSource 15quobyte=QuobyteVolumeSource
      16azureDisk=AzureDiskVolumeSource 17photonPersistentDisk=PhotonPersistentDiskVolumeSource
      18portworxVolume=PortworxVolumeSource 19scaleIO=ScaleIOPersistentVolumeSource 20local=LocalVolumeSource
      21storageos=StorageOSPersistentVolumeSource 22csi=CSIPersistentVolumeSource
    core.v1.PersistentVolumeSpec 1capacity=%resource.Quantity 2!~=PersistentVolumeSource 3accessModes=*s
      4claimRef=ObjectReference 5!persistentVolumeReclaimPolicy=s 6!storageClassName=s 7mountOptions=*s
      8volumeMode=s 9nodeAffinity=VolumeNodeAffinity 10volumeAttributesClassName=s
    core.v1.PersistentVolumeStatus 1!phase=s 2!message=s 3!reason=s 4lastPhaseTransitionTime=meta.Time
    core.v1.PhotonPersistentDiskVolumeSource 1!pdID=s 2!fsType=s
    core.v1.Pod 1!metadata=meta.ObjectMeta 2!spec=PodSpec 3!status=PodStatus
    core.v1.PodAffinity 1requiredDuringSchedulingIgnoredDuringExecution=*PodAffinityTerm
      2preferredDuringSchedulingIgnoredDuringExecution=*WeightedPodAffinityTerm
    core.v1.PodAffinityTerm 1labelSelector=meta.LabelSelector 2namespaces=*s 3!topologyKey=s
      4namespaceSelector=meta.LabelSelector 5matchLabelKeys=*s 6mismatchLabelKeys=*s
    core.v1.PodAntiAffinity 1requiredDuringSchedulingIgnoredDuringExecution=*PodAffinityTerm
      2preferredDuringSchedulingIgnoredDuringExecution=*WeightedPodAffinityTerm
    core.v1.PodCertificateProjection 1!signerName=s 2!keyType=s 3maxExpirationSeconds=i
      4!credentialBundlePath=s 5!keyPath=s 6!certificateChainPath=s 7userAnnotations=%s
    core.v1.PodCondition 1!type=s 2!status=s 3!lastProbeTime=meta.Time 4!lastTransitionTime=meta.Time
      5!reason=s 6!message=s 7!observedGeneration=i
    core.v1.PodDNSConfig 1nameservers=*s 2searches=*s 3options=*PodDNSConfigOption
    core.v1.PodDNSConfigOption 1!name=s 2value=s
    core.v1.PodExtendedResourceClaimStatus 1requestMappings=*ContainerExtendedResourceRequest
      2!resourceClaimName=s
    core.v1.PodIP 1!ip=s
    core.v1.PodList 1!metadata=meta.ListMeta 2items=*Pod
    core.v1.PodOS 1!name=s
    core.v1.PodReadinessGate 1!conditionType=s
    core.v1.PodResourceClaim 1!name=s 3resourceClaimName=s 4resourceClaimTemplateName=s
    core.v1.PodResourceClaimStatus 1!name=s 2resourceClaimName=s
    core.v1.PodSchedulingGate 1!name=s
    core.v1.PodSchedulingGroup 1podGroupName=s
    core.v1.PodSecurityContext 1seLinuxOptions=SELinuxOptions 2runAsUser=i 3runAsNonRoot=b
      4supplementalGroups=*i 5fsGroup=i 6runAsGroup=i 7sysctls=*Sysctl
      8windowsOptions=WindowsSecurityContextOptions 9fsGroupChangePolicy=s 10seccompProfile=SeccompProfile
      11appArmorProfile=AppArmorProfile 12supplementalGroupsPolicy=s 13seLinuxChangePolicy=s
    core.v1.PodSpec 1volumes=*Volume 2containers=*Container 3!restartPolicy=s 4terminationGracePeriodSeconds=i
      5activeDeadlineSeconds=i 6!dnsPolicy=s 7nodeSelector=%s 8!serviceAccountName=s 9!serviceAccount=s
      10!nodeName=s 11!hostNetwork=b 12!hostPID=b 13!hostIPC=b 14securityContext=PodSecurityContext
      15imagePullSecrets=*LocalObjectReference 16!hostname=s 17!subdomain=s 18affinity=Affinity
      19!schedulerName=s 20initContainers=*Container 21automountServiceAccountToken=b
      22tolerations=*Toleration 23hostAliases=*HostAlias 24!priorityClassName=s 25priority=i
      26dnsConfig=PodDNSConfig 27shareProcessNamespace=b 28readinessGates=*PodReadinessGate
      29runtimeClassName=s 30enableServiceLinks=b 31preemptionPolicy=s 32overhead=%resource.Quantity
      33topologySpreadConstraints=*TopologySpreadConstraint 34ephemeralContainers=*EphemeralContainer
      35setHostnameAsFQDN=b 36os=PodOS 37hostUsers=b 38schedulingGates=*PodSchedulingGate
      39resourceClaims=*PodResourceClaim 40resources=ResourceRequirements 41hostnameOverride=s
      43schedulingGroup=PodSchedulingGroup
    core.v1.PodStatus 1!phase=s 2conditions=*PodCondition 3!message=s 4!reason=s 5!hostIP=s 6!podIP=s
      7startTime=meta.Time 8containerStatuses=*ContainerStatus 9!qosClass=s
      10initContainerStatuses=*ContainerStatus 11!nominatedNodeName=s 12podIPs=*PodIP
      13ephemeralContainerStatuses=*ContainerStatus 14!resize=s
      15resourceClaimStatuses=*PodResourceClaimStatus 16hostIPs=*HostIP 17!observedGeneration=i
      18extendedResourceClaimStatus=PodExtendedResourceClaimStatus 19allocatedResources=%resource.Quantity
      20resources=ResourceRequirements
      21nodeAllocatableResourceClaimStatuses=*NodeAllocatableResourceClaimStatus
    core.v1.PodTemplate 1!metadata=meta.ObjectMeta 2!template=PodTemplateSpec
    core.v1.PodTemplateList 1!metadata=meta.ListMeta 2items=*PodTemplate
    core.v1.PodTemplateSpec 1!metadata=meta.ObjectMeta 2!spec=PodSpec
    core.v1.PortStatus 1!port=i 2!protocol=s 3error=s
    core.v1.PortworxVolumeSource 1!volumeID=s 2!fsType=s 3!readOnly=b
    core.v1.PreferredSchedulingTerm 1!weight=i 2!preference=NodeSelectorTerm
    core.v1.Probe 1!~=ProbeHandler 2!initialDelaySeconds=i 3!timeoutSeconds=i 4!periodSeconds=i
      5!successThreshold=i 6!failureThreshold=i 7terminationGracePeriodSeconds=i
    core.v1.ProbeHandler 1exec=ExecAction 2httpGet=HTTPGetAction 3tcpSocket=TCPSocketAction 4grpc=GRPCAction
    core.v1.ProjectedVolumeSource 1sources=*VolumeProjection 2defaultMode=i
    core.v1.QuobyteVolumeSource 1!registry=s 2!volume=s 3!readOnly=b 4!user=s 5!group=s 6!tenant=s
    core.v1.RBDPersistentVolumeSource 1monitors=*s 2!image=s 3!fsType=s 4!pool=s 5!user=s 6!keyring=s
      7secretRef=SecretReference 8!readOnly=b
    core.v1.RBDVolumeSource 1monitors=*s 2!image=s 3!fsType=s 4!pool=s 5!user=s 6!keyring=s
      7secretRef=LocalObjectReference 8!readOnly=b
    core.v1.ReplicationController 1!metadata=meta.ObjectMeta 2!spec=ReplicationControllerSpec
      3!status=ReplicationControllerStatus
    core.v1.ReplicationControllerCondition 1!type=s 2!status=s 3!lastTransitionTime=meta.Time 4!reason=s
      5!message=s
    core.v1.ReplicationControllerList 1!metadata=meta.ListMeta 2items=*ReplicationController
    core.v1.ReplicationControllerSpec 1replicas=i 2selector=%s 3template=PodTemplateSpec 4!minReadySeconds=i
    core.v1.ReplicationControllerStatus 1!replicas=i 2!fullyLabeledReplicas=i 3!observedGeneration=i
      4!readyReplicas=i 5!availableReplicas=i 6conditions=*ReplicationControllerCondition
    core.v1.ResourceClaim 1!name=s 2!request=s
    core.v1.ResourceFieldSelector 1!containerName=s 2!resource=s 3!divisor=resource.Quantity
    core.v1.ResourceHealth 1!resourceID=s 2!health=s 6message=s
    core.v1.ResourceQuota 1!metadata=meta.ObjectMeta 2!spec=ResourceQuotaSpec 3!status=ResourceQuotaStatus
    core.v1.ResourceQuotaList 1!metadata=meta.ListMeta 2items=*ResourceQuota
    core.v1.ResourceQuotaSpec 1hard=%resource.Quantity 2scopes=*s 3scopeSelector=ScopeSelector
    core.v1.ResourceQuotaStatus 1hard=%resource.Quantity 2used=%resource.Quantity
    core.v1.ResourceRequirements 1limits=%resource.Quantity 2requests=%resource.Quantity
      3claims=*ResourceClaim
    core.v1.ResourceStatus 1!name=s 2resources=*ResourceHealth
    core.v1.SELinuxOptions 1!user=s 2!role=s 3!type=s 4!level=s
    core.v1.ScaleIOPersistentVolumeSource 1!gateway=s 2!system=s 3secretRef=SecretReference 4!sslEnabled=b
      5!protectionDomain=s 6!storagePool=s 7!storageMode=s 8!volumeName=s 9!fsType=s 10!readOnly=b
    core.v1.ScaleIOVolumeSource 1!gateway=s 2!system=s 3secretRef=LocalObjectReference 4!sslEnabled=b
      5!protectionDomain=s 6!storagePool=s 7!storageMode=s 8!volumeName=s 9!fsType=s 10!readOnly=b
    core.v1.ScopeSelector 1matchExpressions=*ScopedResourceSelectorRequirement
    core.v1.ScopedResourceSelectorRequirement 1!scopeName=s 2!operator=s 3values=*s
    core.v1.SeccompProfile 1!type=s 2localhostProfile=s
    core.v1.Secret 1!metadata=meta.ObjectMeta 2data=%y 3!type=s 4stringData=%s 5immutable=b
    core.v1.SecretEnvSource 1!~=LocalObjectReference 2optional=b
    core.v1.SecretKeySelector 1!~=LocalObjectReference 2!key=s 3optional=b
    core.v1.SecretList 1!metadata=meta.ListMeta 2items=*Secret
    core.v1.SecretProjection 1!~=LocalObjectReference 2items=*KeyToPath 4optional=b
    core.v1.SecretReference 1!name=s 2!namespace=s
    core.v1.SecretVolumeSource 1!secretName=s 2items=*KeyToPath 3defaultMode=i 4optional=b
    core.v1.SecurityContext 1capabilities=Capabilities 2privileged=b 3seLinuxOptions=SELinuxOptions
      4runAsUser=i 5runAsNonRoot=b 6readOnlyRootFilesystem=b 7allowPrivilegeEscalation=b 8runAsGroup=i
      9procMount=s 10windowsOptions=WindowsSecurityContextOptions 11seccompProfile=SeccompProfile
      12appArmorProfile=AppArmorProfile
    core.v1.Service 1!metadata=meta.ObjectMeta 2!spec=ServiceSpec 3!status=ServiceStatus
    core.v1.ServiceAccount 1!metadata=meta.ObjectMeta 2secrets=*ObjectReference
      3imagePullSecrets=*LocalObjectReference 4automountServiceAccountToken=b
    core.v1.ServiceAccountList 1!metadata=meta.ListMeta 2items=*ServiceAccount
    core.v1.ServiceAccountTokenProjection 1!audience=s 2expirationSeconds=i 3!path=s
    core.v1.ServiceList 1!metadata=meta.ListMeta 2items=*Service
    core.v1.ServicePort 1!name=s 2!protocol=s 3!port=i 4!targetPort=intstr.IntOrString 5!nodePort=i
      6appProtocol=s
    core.v1.ServiceSpec 1ports=*ServicePort 2selector=%s 3!clusterIP=s 4!type=s 5externalIPs=*s
      7!sessionAffinity=s 8!loadBalancerIP=s 9loadBalancerSourceRanges=*s 10!externalName=s
      11!externalTrafficPolicy=s 12!healthCheckNodePort=i 13!publishNotReadyAddresses=b
      14sessionAffinityConfig=SessionAffinityConfig 17ipFamilyPolicy=s 18clusterIPs=*s 19ipFamilies=*s
      20allocateLoadBalancerNodePorts=b 21loadBalancerClass=s 22internalTrafficPolicy=s
      23trafficDistribution=s
    core.v1.ServiceStatus 1!loadBalancer=LoadBalancerStatus 2conditions=*meta.Condition
    core.v1.SessionAffinityConfig 1clientIP=ClientIPConfig
    core.v1.SleepAction 1!seconds=i
    core.v1.StorageOSPersistentVolumeSource 1!volumeName=s 2!volumeNamespace=s 3!fsType=s 4!readOnly=b
      5secretRef=ObjectReference
    core.v1.StorageOSVolumeSource 1!volumeName=s 2!volumeNamespace=s 3!fsType=s 4!readOnly=b
      5secretRef=LocalObjectReference
    core.v1.Sysctl 1!name=s 2!value=s
    core.v1.TCPSocketAction 1!port=intstr.IntOrString 2!host=s
    core.v1.Taint 1!key=s 2!value=s 3!effect=s 4timeAdded=meta.Time
    core.v1.Toleration 1!key=s 2!operator=s 3!value=s 4!effect=s 5tolerationSeconds=i
    core.v1.TopologySelectorLabelRequirement 1!key=s 2values=*s
    core.v1.TopologySelectorTerm 1matchLabelExpressions=*TopologySelectorLabelRequirement
    core.v1.TopologySpreadConstraint 1!maxSkew=i 2!topologyKey=s 3!whenUnsatisfiable=s
      4labelSelector=meta.LabelSelector 5minDomains=i 6nodeAffinityPolicy=s 7nodeTaintsPolicy=s
      8matchLabelKeys=*s
    core.v1.TypedLocalObjectReference 1apiGroup=s 2!kind=s 3!name=s
    core.v1.TypedObjectReference 1apiGroup=s 2!kind=s 3!name=s 4namespace=s
    core.v1.Volume 1!name=s 2!~=VolumeSource
    core.v1.VolumeDevice 1!name=s 2!devicePath=s
    core.v1.VolumeMount 1!name=s 2!readOnly=b 3!mountPath=s 4!subPath=s 5mountPropagation=s 6!subPathExpr=s
      7recursiveReadOnly=s
    core.v1.VolumeMountStatus 1!name=s 2!mountPath=s 3!readOnly=b 4recursiveReadOnly=s
      5volumeStatus=VolumeStatus
    core.v1.VolumeNodeAffinity 1required=NodeSelector
    core.v1.VolumeProjection 1secret=SecretProjection 2downwardAPI=DownwardAPIProjection
      3configMap=ConfigMapProjection 4serviceAccountToken=ServiceAccountTokenProjection
      5clusterTrustBundle=ClusterTrustBundleProjection 6podCertificate=PodCertificateProjection
    core.v1.VolumeResourceRequirements 1limits=%resource.Quantity 2requests=%resource.Quantity
    core.v1.VolumeSource 1hostPath=HostPathVolumeSource 2emptyDir=EmptyDirVolumeSource
      3gcePersistentDisk=GCEPersistentDiskVolumeSource 4awsElasticBlockStore=AWSElasticBlockStoreVolumeSource
      5gitRepo=GitRepoVolumeSource 6secret=SecretVolumeSource 7nfs=NFSVolumeSource 8iscsi=ISCSIVolumeSource
      9glusterfs=GlusterfsVolumeSource 10persistentVolumeClaim=PersistentVolumeClaimVolumeSource
      11rbd=RBDVolumeSource 12flexVolume=FlexVolumeSource 13cinder=CinderVolumeSource
      14cephfs=CephFSVolumeSource 15flocker=FlockerVolumeSource 16downwardAPI=DownwardAPIVolumeSource
      17fc=FCVolumeSource 18azureFile=AzureFileVolumeSource 19configMap=ConfigMapVolumeSource
      20vsphereVolume=VsphereVirtualDiskVolumeSource 21quobyte=QuobyteVolumeSource
      22azureDisk=AzureDiskVolumeSource 23photonPersistentDisk=PhotonPersistentDiskVolumeSource
      24portworxVolume=PortworxVolumeSource 25scaleIO=ScaleIOVolumeSource 26projected=ProjectedVolumeSource
      27storageos=StorageOSVolumeSource 28csi=CSIVolumeSource 29ephemeral=EphemeralVolumeSource
      30image=ImageVolumeSource
    core.v1.VolumeStatus 1image=ImageVolumeStatus
    core.v1.VsphereVirtualDiskVolumeSource 1!volumePath=s 2!fsType=s 3!storagePolicyName=s 4!storagePolicyID=s
    core.v1.WeightedPodAffinityTerm 1!weight=i 2!podAffinityTerm=PodAffinityTerm
    core.v1.WindowsSecurityContextOptions 1gmsaCredentialSpecName=s 2gmsaCredentialSpec=s 3runAsUserName=s
      4hostProcess=b
    discovery.v1.Endpoint 1addresses=*s 2!conditions=EndpointConditions 3hostname=s
      4targetRef=core.v1.ObjectReference 5deprecatedTopology=%s 6nodeName=s 7zone=s 8hints=EndpointHints
    discovery.v1.EndpointConditions 1ready=b 2serving=b 3terminating=b
    discovery.v1.EndpointHints 1forZones=*ForZone 2forNodes=*ForNode
    discovery.v1.EndpointPort 1name=s 2protocol=s 3port=i 4appProtocol=s
    discovery.v1.EndpointSlice 1!metadata=meta.ObjectMeta 2endpoints=*Endpoint 3ports=*EndpointPort
      4!addressType=s
    discovery.v1.EndpointSliceList 1!metadata=meta.ListMeta 2items=*EndpointSlice
    discovery.v1.ForNode 1!name=s
    discovery.v1.ForZone 1!name=s
    events.v1.Event 1!metadata=meta.ObjectMeta 2!eventTime=meta.MicroTime 3series=EventSeries
      4!reportingController=s 5!reportingInstance=s 6!action=s 7!reason=s 8!regarding=core.v1.ObjectReference
      9related=core.v1.ObjectReference 10!note=s 11!type=s 12!deprecatedSource=core.v1.EventSource
      13!deprecatedFirstTimestamp=meta.Time 14!deprecatedLastTimestamp=meta.Time 15!deprecatedCount=i
    events.v1.EventList 1!metadata=meta.ListMeta 2items=*Event
    events.v1.EventSeries 1!count=i 2!lastObservedTime=meta.MicroTime
    meta.Condition 1!type=s 2!status=s 3!observedGeneration=i 4!lastTransitionTime=Time 5!reason=s 6!message=s
    meta.LabelSelector 1matchLabels=%s 2matchExpressions=*LabelSelectorRequirement
    meta.LabelSelectorRequirement 1!key=s 2!operator=s 3values=*s
    meta.ListMeta 1!selfLink=s 2!resourceVersion=s 3!continue=s 4remainingItemCount=i 5shardInfo=ShardInfo
    meta.ManagedFieldsEntry 1!manager=s 2!operation=s 3!apiVersion=s 4time=Time 6!fieldsType=s
      7fieldsV1=FieldsV1 8!subresource=s
    meta.ObjectMeta 1!name=s 2!generateName=s 3!namespace=s 4!selfLink=s 5!uid=s 6!resourceVersion=s
      7!generation=i 8!creationTimestamp=Time 9deletionTimestamp=Time 10deletionGracePeriodSeconds=i
      11labels=%s 12annotations=%s 13ownerReferences=*OwnerReference 14finalizers=*s
      17managedFields=*ManagedFieldsEntry
    meta.OwnerReference 1!kind=s 3!name=s 4!uid=s 5!apiVersion=s 6controller=b 7blockOwnerDeletion=b
    meta.PartialObjectMetadata 1!metadata=ObjectMeta
    meta.PartialObjectMetadataList 1!metadata=ListMeta 2items=*PartialObjectMetadata
    meta.ShardInfo 1!selector=s
    meta.Status 1!metadata=ListMeta 2!status=s 3!message=s 4!reason=s 5details=StatusDetails 6!code=i
    meta.StatusCause 1!reason=s 2!message=s 3!field=s
    meta.StatusDetails 1!name=s 2!group=s 3!kind=s 4causes=*StatusCause 5!retryAfterSeconds=i 6!uid=s
    networking.v1.HTTPIngressPath 1!path=s 2!backend=IngressBackend 3pathType=s
    networking.v1.HTTPIngressRuleValue 1paths=*HTTPIngressPath
    networking.v1.IPAddress 1!metadata=meta.ObjectMeta 2!spec=IPAddressSpec
    networking.v1.IPAddressList 1!metadata=meta.ListMeta 2items=*IPAddress
    networking.v1.IPAddressSpec 1parentRef=ParentReference
    networking.v1.IPBlock 1!cidr=s 2except=*s
    networking.v1.Ingress 1!metadata=meta.ObjectMeta 2!spec=IngressSpec 3!status=IngressStatus
    networking.v1.IngressBackend 3resource=core.v1.TypedLocalObjectReference 4service=IngressServiceBackend
    networking.v1.IngressClass 1!metadata=meta.ObjectMeta 2!spec=IngressClassSpec
    networking.v1.IngressClassList 1!metadata=meta.ListMeta 2items=*IngressClass
    networking.v1.IngressClassParametersReference 1apiGroup=s 2!kind=s 3!name=s 4scope=s 5namespace=s
    networking.v1.IngressClassSpec 1!controller=s 2parameters=IngressClassParametersReference
    networking.v1.IngressList 1!metadata=meta.ListMeta 2items=*Ingress
    networking.v1.IngressLoadBalancerIngress 1!ip=s 2!hostname=s 4ports=*IngressPortStatus
    networking.v1.IngressLoadBalancerStatus 1ingress=*IngressLoadBalancerIngress
    networking.v1.IngressPortStatus 1!port=i 2!protocol=s 3error=s
    networking.v1.IngressRule 1!host=s 2!~=IngressRuleValue
    networking.v1.IngressRuleValue 1http=HTTPIngressRuleValue
    networking.v1.IngressServiceBackend 1!name=s 2!port=ServiceBackendPort
    networking.v1.IngressSpec 1defaultBackend=IngressBackend 2tls=*IngressTLS 3rules=*IngressRule
      4ingressClassName=s
    networking.v1.IngressStatus 1!loadBalancer=IngressLoadBalancerStatus
    networking.v1.IngressTLS 1hosts=*s 2!secretName=s
    networking.v1.NetworkPolicy 1!metadata=meta.ObjectMeta 2!spec=NetworkPolicySpec
    networking.v1.NetworkPolicyEgressRule 1ports=*NetworkPolicyPort 2to=*NetworkPolicyPeer
    networking.v1.NetworkPolicyIngressRule 1ports=*NetworkPolicyPort 2from=*NetworkPolicyPeer
    networking.v1.NetworkPolicyList 1!metadata=meta.ListMeta 2items=*NetworkPolicy
    networking.v1.NetworkPolicyPeer 1podSelector=meta.LabelSelector 2namespaceSelector=meta.LabelSelector
      3ipBlock=IPBlock
    networking.v1.NetworkPolicyPort 1protocol=s 2port=intstr.IntOrString 3endPort=i
    networking.v1.NetworkPolicySpec 1!podSelector=meta.LabelSelector 2ingress=*NetworkPolicyIngressRule
      3egress=*NetworkPolicyEgressRule 4policyTypes=*s
    networking.v1.ParentReference 1!group=s 2!resource=s 3!namespace=s 4!name=s
    networking.v1.ServiceBackendPort 1!name=s 2!number=i
    networking.v1.ServiceCIDR 1!metadata=meta.ObjectMeta 2!spec=ServiceCIDRSpec 3!status=ServiceCIDRStatus
    networking.v1.ServiceCIDRList 1!metadata=meta.ListMeta 2items=*ServiceCIDR
    networking.v1.ServiceCIDRSpec 1cidrs=*s
    networking.v1.ServiceCIDRStatus 1conditions=*meta.Condition
    node.v1.Overhead 1podFixed=%resource.Quantity
    node.v1.RuntimeClass 1!metadata=meta.ObjectMeta 2!handler=s 3overhead=Overhead 4scheduling=Scheduling
    node.v1.RuntimeClassList 1!metadata=meta.ListMeta 2items=*RuntimeClass
    node.v1.Scheduling 1nodeSelector=%s 2tolerations=*core.v1.Toleration
    policy.v1.PodDisruptionBudget 1!metadata=meta.ObjectMeta 2!spec=PodDisruptionBudgetSpec
      3!status=PodDisruptionBudgetStatus
    policy.v1.PodDisruptionBudgetList 1!metadata=meta.ListMeta 2items=*PodDisruptionBudget
    policy.v1.PodDisruptionBudgetSpec 1minAvailable=intstr.IntOrString 2selector=meta.LabelSelector
      3maxUnavailable=intstr.IntOrString 4unhealthyPodEvictionPolicy=s
    policy.v1.PodDisruptionBudgetStatus 1!observedGeneration=i 2disruptedPods=%meta.Time
      3!disruptionsAllowed=i 4!currentHealthy=i 5!desiredHealthy=i 6!expectedPods=i
      7conditions=*meta.Condition
    rbac.v1.AggregationRule 1clusterRoleSelectors=*meta.LabelSelector
    rbac.v1.ClusterRole 1!metadata=meta.ObjectMeta 2rules=*PolicyRule 3aggregationRule=AggregationRule
    rbac.v1.ClusterRoleBinding 1!metadata=meta.ObjectMeta 2subjects=*Subject 3!roleRef=RoleRef
    rbac.v1.ClusterRoleBindingList 1!metadata=meta.ListMeta 2items=*ClusterRoleBinding
    rbac.v1.ClusterRoleList 1!metadata=meta.ListMeta 2items=*ClusterRole
    rbac.v1.PolicyRule 1verbs=*s 2apiGroups=*s 3resources=*s 4resourceNames=*s 5nonResourceURLs=*s
    rbac.v1.Role 1!metadata=meta.ObjectMeta 2rules=*PolicyRule
    rbac.v1.RoleBinding 1!metadata=meta.ObjectMeta 2subjects=*Subject 3!roleRef=RoleRef
    rbac.v1.RoleBindingList 1!metadata=meta.ListMeta 2items=*RoleBinding
    rbac.v1.RoleList 1!metadata=meta.ListMeta 2items=*Role
    rbac.v1.RoleRef 1!apiGroup=s 2!kind=s 3!name=s
    rbac.v1.Subject 1!kind=s 2!apiGroup=s 3!name=s 4!namespace=s
    scheduling.v1.PriorityClass 1!metadata=meta.ObjectMeta 2!value=i 3!globalDefault=b 4!description=s
      5preemptionPolicy=s
    scheduling.v1.PriorityClassList 1!metadata=meta.ListMeta 2items=*PriorityClass
    storage.v1.CSIDriver 1!metadata=meta.ObjectMeta 2!spec=CSIDriverSpec
    storage.v1.CSIDriverList 1!metadata=meta.ListMeta 2items=*CSIDriver
    storage.v1.CSIDriverSpec 1attachRequired=b 2podInfoOnMount=b 3volumeLifecycleModes=*s 4storageCapacity=b
      5fsGroupPolicy=s 6tokenRequests=*TokenRequest 7requiresRepublish=b 8seLinuxMount=b
      9nodeAllocatableUpdatePeriodSeconds=i 10serviceAccountTokenInSecrets=b 11preventPodSchedulingIfMissing=b
    storage.v1.CSINode 1!metadata=meta.ObjectMeta 2!spec=CSINodeSpec
    storage.v1.CSINodeDriver 1!name=s 2!nodeID=s 3topologyKeys=*s 4allocatable=VolumeNodeResources
    storage.v1.CSINodeList 1!metadata=meta.ListMeta 2items=*CSINode
    storage.v1.CSINodeSpec 1drivers=*CSINodeDriver
    storage.v1.CSIStorageCapacity 1!metadata=meta.ObjectMeta 2nodeTopology=meta.LabelSelector
      3!storageClassName=s 4capacity=resource.Quantity 5maximumVolumeSize=resource.Quantity
    storage.v1.CSIStorageCapacityList 1!metadata=meta.ListMeta 2items=*CSIStorageCapacity
    storage.v1.StorageClass 1!metadata=meta.ObjectMeta 2!provisioner=s 3parameters=%s 4reclaimPolicy=s
      5mountOptions=*s 6allowVolumeExpansion=b 7volumeBindingMode=s
      8allowedTopologies=*core.v1.TopologySelectorTerm
    storage.v1.StorageClassList 1!metadata=meta.ListMeta 2items=*StorageClass
    storage.v1.TokenRequest 1!audience=s 2expirationSeconds=i
    storage.v1.VolumeAttachment 1!metadata=meta.ObjectMeta 2!spec=VolumeAttachmentSpec
      3!status=VolumeAttachmentStatus
    storage.v1.VolumeAttachmentList 1!metadata=meta.ListMeta 2items=*VolumeAttachment
    storage.v1.VolumeAttachmentSource 1persistentVolumeName=s 2inlineVolumeSpec=core.v1.PersistentVolumeSpec
    storage.v1.VolumeAttachmentSpec 1!attacher=s 2!source=VolumeAttachmentSource 3!nodeName=s
    storage.v1.VolumeAttachmentStatus 1!attached=b 2attachmentMetadata=%s 3attachError=VolumeError
      4detachError=VolumeError
    storage.v1.VolumeAttributesClass 1!metadata=meta.ObjectMeta 2!driverName=s 3parameters=%s
    storage.v1.VolumeAttributesClassList 1!metadata=meta.ListMeta 2items=*VolumeAttributesClass
    storage.v1.VolumeError 1!time=meta.Time 2!message=s 3errorCode=i
    storage.v1.VolumeNodeResources 1count=i
    """#
}
