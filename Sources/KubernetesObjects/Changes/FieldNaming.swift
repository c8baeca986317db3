/// A type whose properties are not all named as the API's fields that they were read from.
protocol FieldNaming {
  /// The API's path of a property where that is not its name: empty where the property's own fields
  /// stand in its place, with a remark in parentheses where it holds but one thing that the field says.
  static var fieldPaths: [String: String] { get }
}

extension OwnerReference: FieldNaming {
  static let fieldPaths = [
    "isController": "controller"
  ]
}

extension Pod: FieldNaming {
  static let fieldPaths = [
    "template": "spec", "nodeName": "spec.nodeName", "firstAddress": "status.podIP",
    "phase": "status.phase", "milestones": "status.conditions[]",
    "furtherAddresses": "status.podIPs", "conditions": "status.conditions",
    "containers": "status.containerStatuses", "explanation": "status",
    "hostAddress": "status.hostIP",
  ]
}

extension ContainerStatus: FieldNaming {
  static let fieldPaths = [
    "runsBefore": " (init)",
    "isReady": "ready", "imageDigest": "imageID", "lastTermination": "lastState.terminated",
  ]
}

extension PodTemplate: FieldNaming {
  static let fieldPaths = [
    "configurations": "volumes (ConfigMaps, Secrets)", "claims": "volumes (claims)",
    "ephemeralVolumes": "volumes (ephemeral)", "hostPaths": "volumes (hostPath)",
    "pullSecrets": "imagePullSecrets", "serviceAccount": "serviceAccountName",
    "priorityClass": "priorityClassName", "runtimeClass": "runtimeClassName", "options": "",
    "security": "securityContext",
  ]
}

extension Container: FieldNaming {
  static let fieldPaths = [
    "runsBefore": " (init)",
    "restartsAlways": "restartPolicy (Always)", "requests": "resources.requests",
    "limits": "resources.limits", "probes": "", "security": "securityContext",
  ]
}

extension Container.Port: FieldNaming {
  static let fieldPaths = [
    "number": "containerPort", "portProtocol": "protocol", "hostAddress": "hostIP",
  ]
}

extension SecuritySettings: FieldNaming {
  static let fieldPaths = [
    "options": "", "user": "runAsUser", "addedCapabilities": "capabilities.add",
    "droppedCapabilities": "capabilities.drop", "seccompProfile": "seccompProfile.type",
  ]
}

extension ResourceAmounts: FieldNaming {
  static let fieldPaths = [
    "texts": ""
  ]
}

extension Node: FieldNaming {
  static let fieldPaths = [
    "isUnschedulable": "spec.unschedulable", "podCIDRs": "spec.podCIDRs", "taints": "spec.taints",
    "conditions": "status.conditions", "addresses": "status.addresses",
    "allocatable": "status.allocatable", "kubeletVersion": "status.nodeInfo.kubeletVersion",
    "providerID": "spec.providerID", "systemUUID": "status.nodeInfo.systemUUID",
    "machineID": "status.nodeInfo.machineID",
  ]
}

extension Namespace: FieldNaming {
  static let fieldPaths = [
    "specFinalizers": "spec.finalizers", "conditions": "status.conditions",
  ]
}

extension Deployment: FieldNaming {
  static let fieldPaths = [
    "progressDeadline": "spec.progressDeadlineSeconds",
    "template": "spec.template.spec", "selector": "spec.selector", "replicas": "spec.replicas",
    "isPaused": "spec.paused", "revisionHistoryLimit": "spec.revisionHistoryLimit",
    "observedGeneration": "status.observedGeneration", "currentReplicas": "status.replicas",
    "updatedReplicas": "status.updatedReplicas", "readyReplicas": "status.readyReplicas",
    "availableReplicas": "status.availableReplicas", "conditions": "status.conditions",
  ]
}

extension ReplicaSet: FieldNaming {
  static let fieldPaths = [
    "selector": "spec.selector", "replicas": "spec.replicas",
    "observedGeneration": "status.observedGeneration", "currentReplicas": "status.replicas",
    "readyReplicas": "status.readyReplicas", "availableReplicas": "status.availableReplicas",
    "conditions": "status.conditions",
  ]
}

extension StatefulSet: FieldNaming {
  static let fieldPaths = [
    "updatesOnDelete": "spec.updateStrategy.type (OnDelete)",
    "isParallel": "spec.podManagementPolicy (Parallel)",
    "partition": "spec.updateStrategy.rollingUpdate.partition",
    "template": "spec.template.spec", "selector": "spec.selector",
    "serviceName": "spec.serviceName", "replicas": "spec.replicas",
    "firstOrdinal": "spec.ordinals.start", "claimTemplates": "spec.volumeClaimTemplates",
    "observedGeneration": "status.observedGeneration", "currentReplicas": "status.replicas",
    "updatedReplicas": "status.updatedReplicas", "readyReplicas": "status.readyReplicas",
    "availableReplicas": "status.availableReplicas", "currentRevision": "status.currentRevision",
    "updateRevision": "status.updateRevision", "conditions": "status.conditions",
  ]
}

extension DaemonSet: FieldNaming {
  static let fieldPaths = [
    "updatesOnDelete": "spec.updateStrategy.type (OnDelete)",
    "template": "spec.template.spec", "selector": "spec.selector",
    "observedGeneration": "status.observedGeneration",
    "desiredPods": "status.desiredNumberScheduled",
    "currentPods": "status.currentNumberScheduled",
    "misscheduledPods": "status.numberMisscheduled",
    "updatedPods": "status.updatedNumberScheduled", "readyPods": "status.numberReady",
    "availablePods": "status.numberAvailable", "conditions": "status.conditions",
  ]
}

extension Job: FieldNaming {
  static let fieldPaths = [
    "template": "spec.template.spec", "selector": "spec.selector", "isSuspended": "spec.suspend",
    "backoffLimit": "spec.backoffLimit", "activeDeadline": "spec.activeDeadlineSeconds",
    "timeToLive": "spec.ttlSecondsAfterFinished", "startTime": "status.startTime",
    "completionTime": "status.completionTime", "activePods": "status.active",
    "succeededPods": "status.succeeded", "failedPods": "status.failed",
    "conditions": "status.conditions",
  ]
}

extension CronJob: FieldNaming {
  static let fieldPaths = [
    "template": "spec.jobTemplate.spec.template.spec", "schedule": "spec.schedule",
    "timeZone": "spec.timeZone", "isSuspended": "spec.suspend",
    "startingDeadline": "spec.startingDeadlineSeconds", "activeJobs": "status.active",
    "lastScheduleTime": "status.lastScheduleTime",
    "lastSuccessfulTime": "status.lastSuccessfulTime",
  ]
}

extension PersistentVolume: FieldNaming {
  static let fieldPaths = [
    "claim": "spec.claimRef", "source": "spec (source)", "storageClass": "spec.storageClassName",
    "accessModes": "spec.accessModes[]", "nodes": "spec.nodeAffinity",
    "reclaimPolicy": "spec.persistentVolumeReclaimPolicy", "capacity": "spec.capacity[storage]",
    "phase": "status.phase", "lastPhaseTransitionTime": "status.lastPhaseTransitionTime",
  ]
}

extension PersistentVolumeClaim: FieldNaming {
  static let fieldPaths = [
    "volumeName": "spec.volumeName", "storageClass": "spec.storageClassName",
    "accessModes": "spec.accessModes[]", "requested": "spec.resources.requests[storage]",
    "capacity": "status.capacity[storage]", "phase": "status.phase",
    "conditions": "status.conditions",
  ]
}

extension StorageClass: FieldNaming {
  static let fieldPaths = [
    "secretParameters": "parameters",
    "waitsForFirstConsumer": "volumeBindingMode (WaitForFirstConsumer)",
  ]
}

extension VolumeAttachment: FieldNaming {
  static let fieldPaths = [
    "attacher": "spec.attacher", "nodeName": "spec.nodeName",
    "volumeName": "spec.source.persistentVolumeName", "isAttached": "status.attached",
    "attachError": "status.attachError.message", "detachError": "status.detachError.message",
  ]
}

extension CSINode: FieldNaming {
  static let fieldPaths = [
    "drivers": "spec.drivers"
  ]
}

extension Service: FieldNaming {
  static let fieldPaths = [
    "type": "spec.type", "selector": "spec.selector", "ports": "spec.ports",
    "clusterAddresses": "spec.clusterIPs", "isHeadless": "spec.clusterIP (None)",
    "publishesNotReadyAddresses": "spec.publishNotReadyAddresses",
    "externalAddresses": "spec.externalIPs",
    "keepsTrafficLocal": "spec.externalTrafficPolicy (Local)",
    "loadBalancer": "status.loadBalancer",
  ]
}

extension Service.Port: FieldNaming {
  static let fieldPaths = [
    "portProtocol": "protocol", "number": "port",
  ]
}

extension LoadBalancer: FieldNaming {
  static let fieldPaths = [
    "addresses": "ingress (ip)", "hostNames": "ingress (hostname)",
    "portErrors": "ingress (ports)",
  ]
}

extension EndpointSlice.Endpoint: FieldNaming {
  static let fieldPaths = [
    "address": "addresses", "target": "targetRef", "isReady": "conditions.ready",
    "isTerminating": "conditions.terminating",
  ]
}

extension EndpointSlice.Port: FieldNaming {
  static let fieldPaths = [
    "portProtocol": "protocol", "number": "port",
  ]
}

extension Ingress: FieldNaming {
  static let fieldPaths = [
    "className": "spec.ingressClassName", "defaultBackend": "spec.defaultBackend",
    "rules": "spec.rules", "tlsSecrets": "spec.tls", "loadBalancer": "status.loadBalancer",
  ]
}

extension Ingress.Backend: FieldNaming {
  static let fieldPaths = [
    "service": "service.name", "port": "service.port",
  ]
}

extension IngressClass: FieldNaming {
  static let fieldPaths = [
    "controller": "spec.controller"
  ]
}

extension NetworkPolicy: FieldNaming {
  static let fieldPaths = [
    "podSelector": "spec.podSelector", "ingress": "spec.ingress", "egress": "spec.egress",
    "policyTypes": "spec.policyTypes",
  ]
}

extension ServiceCIDR: FieldNaming {
  static let fieldPaths = [
    "ranges": "spec.cidrs"
  ]
}

extension ServiceAccount: FieldNaming {
  static let fieldPaths = [
    "pullSecrets": "imagePullSecrets", "mountsToken": "automountServiceAccountToken",
  ]
}

extension ConfigMap: FieldNaming {
  static let fieldPaths = [
    "keys": "data (keys)", "byteCount": "data (bytes)",
  ]
}

extension Secret: FieldNaming {
  static let fieldPaths = [
    "certificate": "data[tls.crt]",
    "keys": "data (keys)", "byteCount": "data (bytes)",
  ]
}

extension ResourceQuota: FieldNaming {
  static let fieldPaths = [
    "hard": "status.hard", "used": "status.used",
  ]
}

extension HorizontalPodAutoscaler: FieldNaming {
  static let fieldPaths = [
    "target": "spec.scaleTargetRef", "minReplicas": "spec.minReplicas",
    "maxReplicas": "spec.maxReplicas", "resourceMetrics": "spec.metrics",
    "currentReplicas": "status.currentReplicas", "desiredReplicas": "status.desiredReplicas",
    "conditions": "status.conditions",
  ]
}

extension PodDisruptionBudget: FieldNaming {
  static let fieldPaths = [
    "selector": "spec.selector", "minAvailable": "spec.minAvailable",
    "maxUnavailable": "spec.maxUnavailable", "observedGeneration": "status.observedGeneration",
    "disruptionsAllowed": "status.disruptionsAllowed", "currentHealthy": "status.currentHealthy",
    "desiredHealthy": "status.desiredHealthy", "expectedPods": "status.expectedPods",
    "conditions": "status.conditions",
  ]
}

extension PriorityClass: FieldNaming {
  static let fieldPaths = [
    "isGlobalDefault": "globalDefault"
  ]
}

extension ClusterRole: FieldNaming {
  static let fieldPaths = [
    "isAggregated": "aggregationRule (set)"
  ]
}

extension ClusterRoleBinding: FieldNaming {
  static let fieldPaths = [
    "role": "roleRef"
  ]
}

extension RoleBinding: FieldNaming {
  static let fieldPaths = [
    "role": "roleRef"
  ]
}

extension CustomResourceDefinition: FieldNaming {
  static let fieldPaths = [
    "definedKind": "spec.names.kind", "versions": "spec.versions",
    "conversionWebhook": "spec.conversion.webhook.clientConfig",
    "conditions": "status.conditions", "storedVersions": "status.storedVersions",
  ]
}

extension CustomResourceDefinition.Version: FieldNaming {
  static let fieldPaths = [
    "hasOwnStatus": "subresources.status (set)",
    "isServed": "served", "isStored": "storage",
  ]
}

extension APIService: FieldNaming {
  static let fieldPaths = [
    "group": "spec.group", "version": "spec.version", "client": "spec.service",
    "conditions": "status.conditions",
  ]
}

extension WebhookClient: FieldNaming {
  static let fieldPaths = [
    "authority": "caBundle",
    "namespace": "service.namespace", "service": "service.name", "port": "service.port",
  ]
}

extension AdmissionWebhook: FieldNaming {
  static let fieldPaths = [
    "client": "clientConfig", "mayFail": "failurePolicy (Ignore)",
    "isReinvoked": "reinvocationPolicy (IfNeeded)",
  ]
}

extension CertificateSigningRequest: FieldNaming {
  static let fieldPaths = [
    "username": "spec.username", "signerName": "spec.signerName",
    "conditions": "status.conditions", "isIssued": "status.certificate (set)",
  ]
}

extension Lease: FieldNaming {
  static let fieldPaths = [
    "holder": "spec.holderIdentity", "duration": "spec.leaseDurationSeconds",
    "renewal": "spec.renewTime",
  ]
}

extension Gateway: FieldNaming {
  static let fieldPaths = [
    "className": "spec.gatewayClassName", "listeners": "spec.listeners",
    "conditions": "status.conditions",
  ]
}

extension Gateway.Listener: FieldNaming {
  static let fieldPaths = [
    "host": "hostname", "portProtocol": "protocol", "certificates": "tls.certificateRefs",
  ]
}

extension HTTPRoute: FieldNaming {
  static let fieldPaths = [
    "parents": "spec.parentRefs", "hosts": "spec.hostnames", "rules": "spec.rules",
    "conditions": "status.parents",
  ]
}

extension Event: FieldNaming {
  static let fieldPaths = [
    "object": "involvedObject", "isWarning": "type (Warning)", "component": "source.component",
    "lastTime": "lastTimestamp",
  ]
}

extension CSIStorageCapacity: FieldNaming {
  static let fieldPaths = [
    "topology": "nodeTopology",
    "storageClass": "storageClassName",
  ]
}

extension CertificateValidity: FieldNaming {
  static let fieldPaths = [
    "start": " (start)", "end": " (end)",
  ]
}

extension ReferenceGrant: FieldNaming {
  static let fieldPaths = [
    "from": "spec.from",
    "to": "spec.to",
  ]
}

extension VerticalPodAutoscaler: FieldNaming {
  static let fieldPaths = [
    "target": "spec.targetRef",
    "updateMode": "spec.updatePolicy.updateMode",
    "controlledResources": "spec.resourcePolicy (controlledResources)",
  ]
}
