/// The resources that the API server knows from the start, in the order in which discovery lists their groups.
enum BuiltInResources {
  static let all: [ServedResource] = core + groups

  private static let core: [ServedResource] = [
    ServedResource("configmaps", "ConfigMap", shortNames: ["cm"]),
    ServedResource("endpoints", "Endpoints", shortNames: ["ep"]),
    ServedResource("events", "Event", shortNames: ["ev"]),
    ServedResource("limitranges", "LimitRange", shortNames: ["limits"]),
    ServedResource(
      "namespaces",
      "Namespace",
      isNamespaced: false,
      verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
      shortNames: ["ns"],
      subresources: [Subresource("finalize", verbs: ["update"]), .status]
    ),
    ServedResource(
      "nodes",
      "Node",
      isNamespaced: false,
      shortNames: ["no"],
      subresources: [.status]
    ),
    ServedResource(
      "persistentvolumeclaims",
      "PersistentVolumeClaim",
      shortNames: ["pvc"],
      subresources: [.status]
    ),
    ServedResource(
      "persistentvolumes",
      "PersistentVolume",
      isNamespaced: false,
      shortNames: ["pv"],
      subresources: [.status]
    ),
    ServedResource(
      "pods",
      "Pod",
      shortNames: ["po"],
      categories: ["all"],
      subresources: [
        Subresource("binding", kind: "Binding", verbs: ["create"]),
        Subresource(
          "eviction",
          kind: "Eviction",
          group: "policy",
          version: "v1",
          verbs: ["create"]
        ), Subresource("log", verbs: ["get"]), .status,
      ]
    ),
    ServedResource("podtemplates", "PodTemplate"),
    ServedResource(
      "replicationcontrollers",
      "ReplicationController",
      shortNames: ["rc"],
      categories: ["all"],
      subresources: [.scale, .status]
    ),
    ServedResource(
      "resourcequotas",
      "ResourceQuota",
      shortNames: ["quota"],
      subresources: [.status]
    ),
    ServedResource("secrets", "Secret"),
    ServedResource(
      "serviceaccounts",
      "ServiceAccount",
      shortNames: ["sa"],
      subresources: [.token]
    ),
    ServedResource(
      "services",
      "Service",
      shortNames: ["svc"],
      categories: ["all"],
      subresources: [.status]
    ),
  ]

  private static let groups: [ServedResource] = [
    ServedResource(
      "apiservices",
      "APIService",
      group: "apiregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"],
      subresources: [.status]
    ),
    ServedResource("controllerrevisions", "ControllerRevision", group: "apps"),
    ServedResource(
      "daemonsets",
      "DaemonSet",
      group: "apps",
      shortNames: ["ds"],
      categories: ["all"],
      subresources: [.status]
    ),
    ServedResource(
      "deployments",
      "Deployment",
      group: "apps",
      shortNames: ["deploy"],
      categories: ["all"],
      subresources: [.scale, .status]
    ),
    ServedResource(
      "replicasets",
      "ReplicaSet",
      group: "apps",
      shortNames: ["rs"],
      categories: ["all"],
      subresources: [.scale, .status]
    ),
    ServedResource(
      "statefulsets",
      "StatefulSet",
      group: "apps",
      shortNames: ["sts"],
      categories: ["all"],
      subresources: [.scale, .status]
    ),
    ServedResource(
      "events",
      "Event",
      group: "events.k8s.io",
      shortNames: ["ev"],
      storedAs: "events"
    ),
    ServedResource(
      "selfsubjectreviews",
      "SelfSubjectReview",
      group: "authentication.k8s.io",
      isNamespaced: false,
      verbs: ["create"]
    ),
    ServedResource(
      "tokenreviews",
      "TokenReview",
      group: "authentication.k8s.io",
      isNamespaced: false,
      verbs: ["create"]
    ),
    ServedResource(
      "localsubjectaccessreviews",
      "LocalSubjectAccessReview",
      group: "authorization.k8s.io",
      verbs: ["create"]
    ),
    ServedResource(
      "selfsubjectaccessreviews",
      "SelfSubjectAccessReview",
      group: "authorization.k8s.io",
      isNamespaced: false,
      verbs: ["create"]
    ),
    ServedResource(
      "selfsubjectrulesreviews",
      "SelfSubjectRulesReview",
      group: "authorization.k8s.io",
      isNamespaced: false,
      verbs: ["create"]
    ),
    ServedResource(
      "subjectaccessreviews",
      "SubjectAccessReview",
      group: "authorization.k8s.io",
      isNamespaced: false,
      verbs: ["create"]
    ),
    ServedResource(
      "horizontalpodautoscalers",
      "HorizontalPodAutoscaler",
      group: "autoscaling",
      version: "v2",
      shortNames: ["hpa"],
      categories: ["all"],
      subresources: [.status]
    ),
    ServedResource(
      "horizontalpodautoscalers",
      "HorizontalPodAutoscaler",
      group: "autoscaling",
      shortNames: ["hpa"],
      categories: ["all"],
      subresources: [.status]
    ),
    ServedResource(
      "cronjobs",
      "CronJob",
      group: "batch",
      shortNames: ["cj"],
      categories: ["all"],
      subresources: [.status]
    ),
    ServedResource("jobs", "Job", group: "batch", categories: ["all"], subresources: [.status]),
    ServedResource(
      "certificatesigningrequests",
      "CertificateSigningRequest",
      group: "certificates.k8s.io",
      isNamespaced: false,
      shortNames: ["csr"],
      subresources: [.approval, .status]
    ),
    ServedResource(
      "ingressclasses",
      "IngressClass",
      group: "networking.k8s.io",
      isNamespaced: false
    ),
    ServedResource(
      "ingresses",
      "Ingress",
      group: "networking.k8s.io",
      shortNames: ["ing"],
      subresources: [.status]
    ),
    ServedResource(
      "ipaddresses",
      "IPAddress",
      group: "networking.k8s.io",
      isNamespaced: false,
      shortNames: ["ip"]
    ),
    ServedResource(
      "networkpolicies",
      "NetworkPolicy",
      group: "networking.k8s.io",
      shortNames: ["netpol"]
    ),
    ServedResource(
      "servicecidrs",
      "ServiceCIDR",
      group: "networking.k8s.io",
      isNamespaced: false,
      subresources: [.status]
    ),
    ServedResource(
      "poddisruptionbudgets",
      "PodDisruptionBudget",
      group: "policy",
      shortNames: ["pdb"],
      subresources: [.status]
    ),
    ServedResource(
      "clusterrolebindings",
      "ClusterRoleBinding",
      group: "rbac.authorization.k8s.io",
      isNamespaced: false
    ),
    ServedResource(
      "clusterroles",
      "ClusterRole",
      group: "rbac.authorization.k8s.io",
      isNamespaced: false
    ),
    ServedResource("rolebindings", "RoleBinding", group: "rbac.authorization.k8s.io"),
    ServedResource("roles", "Role", group: "rbac.authorization.k8s.io"),
    ServedResource("csidrivers", "CSIDriver", group: "storage.k8s.io", isNamespaced: false),
    ServedResource("csinodes", "CSINode", group: "storage.k8s.io", isNamespaced: false),
    ServedResource("csistoragecapacities", "CSIStorageCapacity", group: "storage.k8s.io"),
    ServedResource(
      "storageclasses",
      "StorageClass",
      group: "storage.k8s.io",
      isNamespaced: false,
      shortNames: ["sc"]
    ),
    ServedResource(
      "volumeattachments",
      "VolumeAttachment",
      group: "storage.k8s.io",
      isNamespaced: false,
      subresources: [.status]
    ),
    ServedResource(
      "volumeattributesclasses",
      "VolumeAttributesClass",
      group: "storage.k8s.io",
      isNamespaced: false,
      shortNames: ["vac"]
    ),
    ServedResource(
      "mutatingadmissionpolicies",
      "MutatingAdmissionPolicy",
      group: "admissionregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"]
    ),
    ServedResource(
      "mutatingadmissionpolicybindings",
      "MutatingAdmissionPolicyBinding",
      group: "admissionregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"]
    ),
    ServedResource(
      "mutatingwebhookconfigurations",
      "MutatingWebhookConfiguration",
      group: "admissionregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"]
    ),
    ServedResource(
      "validatingadmissionpolicies",
      "ValidatingAdmissionPolicy",
      group: "admissionregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"],
      subresources: [.status]
    ),
    ServedResource(
      "validatingadmissionpolicybindings",
      "ValidatingAdmissionPolicyBinding",
      group: "admissionregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"]
    ),
    ServedResource(
      "validatingwebhookconfigurations",
      "ValidatingWebhookConfiguration",
      group: "admissionregistration.k8s.io",
      isNamespaced: false,
      categories: ["api-extensions"]
    ),
    ServedResource(
      "customresourcedefinitions",
      "CustomResourceDefinition",
      group: "apiextensions.k8s.io",
      isNamespaced: false,
      shortNames: ["crd", "crds"],
      categories: ["api-extensions"],
      subresources: [.status]
    ),
    ServedResource(
      "priorityclasses",
      "PriorityClass",
      group: "scheduling.k8s.io",
      isNamespaced: false,
      shortNames: ["pc"]
    ),
    ServedResource("leases", "Lease", group: "coordination.k8s.io"),
    ServedResource("runtimeclasses", "RuntimeClass", group: "node.k8s.io", isNamespaced: false),
    ServedResource("endpointslices", "EndpointSlice", group: "discovery.k8s.io"),
  ]
}
