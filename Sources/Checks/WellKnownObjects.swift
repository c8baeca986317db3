import Inspection
import KubernetesObjects

/// Objects that nobody names and that are needed all the same: somebody looks for them by their
/// name, label or type.
struct WellKnownObjects: Sendable {
  let kind: ObjectKind
  /// The namespaces that they are in; none for any.
  var namespaces: Set<String> = []
  var names: Set<String> = []
  var prefixes: [String] = []
  var suffixes: [String] = []
  /// Labels of which one is enough.
  var labels: [String] = []
  /// Types of Secrets.
  var types: Set<String> = []
  /// Why nobody names them.
  let reason: String

  /// Whether an object is known to be needed though nobody names it.
  static func include(_ record: any ObjectRecord) -> Bool {
    let metadata = record.metadata
    let kind = record.kind
    if labelsOfAllKinds.contains(where: { metadata.labels[$0] != nil }) { return true }
    return all.contains { $0.kind == kind && $0.matches(metadata, record as? Secret) }
  }

  private func matches(_ metadata: ObjectMetadata, _ secret: Secret?) -> Bool {
    guard namespaces.isEmpty || namespaces.contains(metadata.namespace) else { return false }
    let name = metadata.name
    return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
      || suffixes.contains { name.hasSuffix($0) }
      || labels.contains { metadata.labels[$0] != nil }
      || (secret.map { types.contains($0.type) } ?? false)
  }

  /// Labels of what a provider or an operator installs and keeps as it is.
  private static let labelsOfAllKinds = [
    // Add-ons of kube-addon-manager, GKE and AKS.
    "addonmanager.kubernetes.io/mode", "kubernetes.io/cluster-service",
    // What the API server makes at its start.
    "kubernetes.io/bootstrapping",
    // The Operator Lifecycle Manager finds its objects by these.
    "olm.catalogSource", "olm.managed", "olm.owner", "operators.coreos.com/operator",
  ]

  private static let all = configMaps + secrets + serviceAccounts + classes
}

extension WellKnownObjects {
  private static let configMaps: [WellKnownObjects] = [
    Self(
      kind: ConfigMap.kind,
      names: ["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"],
      reason: "each namespace gets one, whether or not its Pods verify servers with it"
    ),
    Self(
      kind: ConfigMap.kind,
      namespaces: ["kube-system"],
      names: [
        "aws-auth", "cluster-config-v1", "extension-apiserver-authentication", "ip-masq-agent",
        "kube-apiserver-legacy-service-account-token-tracking", "kubeadm-config",
      ],
      prefixes: ["kubelet-config"],
      reason: "the control plane, kubeadm and kubelets look for them by name"
    ),
    Self(
      kind: ConfigMap.kind,
      namespaces: ["kube-public"],
      names: ["cluster-info"],
      reason: "machines that join the cluster read it before they can do anything else"
    ),
    Self(
      kind: ConfigMap.kind,
      names: ["leader-election", "ingress-uid"],
      prefixes: ["ingress-controller-leader"],
      suffixes: [
        "-leader", "-leader-election", "-leader-elect", "-leader-lock", "-lock",
        ".leader-election",
      ],
      reason: "controllers of which one leads hold them as locks"
    ),
    Self(
      kind: ConfigMap.kind,
      names: [
        "cluster-autoscaler-priority-expander", "cluster-autoscaler-status", "coredns-custom",
        "container-azm-ms-agentconfig",
      ],
      suffixes: ["-autoscaler-config", "-autoscaler"],
      reason: "cluster autoscalers and add-ons of providers look for them by name"
    ),
    Self(
      kind: ConfigMap.kind,
      names: ["ingress-nginx-controller", "nginx-configuration", "tcp-services", "udp-services"],
      reason: "an option of the ingress controller names them"
    ),
    Self(
      kind: ConfigMap.kind,
      namespaces: ["knative-eventing", "knative-serving", "tekton-pipelines"],
      prefixes: ["config-", "feature-flags", "default-"],
      reason: "controllers of Knative and Tekton read their configuration from the API server"
    ),
    Self(
      kind: ConfigMap.kind,
      prefixes: ["argocd-", "cilium-", "istio", "kyverno", "metallb", "rook-ceph-"],
      labels: [
        "knative.dev/release", "operator.tekton.dev/release", "velero.io/plugin-config",
        "istio.io/rev",
      ],
      reason: "controllers read their configuration from the API server, without a volume for it"
    ),
    Self(
      kind: ConfigMap.kind,
      labels: [
        "grafana_alert", "grafana_dashboard", "grafana_datasource", "prometheus_rule",
        "k8s-sidecar",
      ],
      reason: "sidecars of Grafana and Prometheus gather them by label"
    ),
    Self(
      kind: ConfigMap.kind,
      labels: ["OWNER"],
      reason: "Helm 2 stored its releases in them"
    ),
  ]

  private static let secrets: [WellKnownObjects] = [
    Self(
      kind: Secret.kind,
      prefixes: ["sh.helm.release.v1."],
      types: ["helm.sh/release.v1"],
      reason: "Helm stores its releases in them"
    ),
    Self(
      kind: Secret.kind,
      types: ["bootstrap.kubernetes.io/token", "kubernetes.io/service-account-token"],
      reason: "whoever has the token uses it from outside, or the token controller cares for it"
    ),
    Self(
      kind: Secret.kind,
      types: ["kubernetes.io/dockercfg"],
      reason: "OpenShift makes one for each ServiceAccount"
    ),
    Self(
      kind: Secret.kind,
      names: ["cacerts", "cilium-ca", "istio-ca-secret", "letsencrypt", "k3s-serving"],
      suffixes: [
        ".node-password.k3s", ".node-password.rke2", "-account-key", "-webhook-ca",
        "-webhook-cert", "-webhook-certs", "-webhook-server-cert", "-webhook-tls",
      ],
      reason: "controllers look for their own keys and certificates by name"
    ),
    Self(
      kind: Secret.kind,
      prefixes: ["argocd-"],
      labels: [
        "argocd.argoproj.io/secret-type", "controller.cert-manager.io/fao",
        "istio/multiCluster", "sealedsecrets.bitnami.com/sealed-secrets-key",
        "cluster.x-k8s.io/cluster-name", "eksctl.cluster.k8s.io/v1alpha1/cluster-name",
      ],
      reason: "controllers, such as Argo CD's, find them by their labels"
    ),
  ]

  private static let serviceAccounts: [WellKnownObjects] = [
    Self(
      kind: ServiceAccount.kind,
      names: ["default"],
      reason: "each namespace gets one, for Pods that name none"
    ),
    Self(
      kind: ServiceAccount.kind,
      names: ["builder", "deployer", "pipeline"],
      reason: "OpenShift makes them in each namespace"
    ),
    Self(
      kind: ServiceAccount.kind,
      namespaces: ["kube-system"],
      names: [
        "bootstrap-signer", "cloud-provider", "generic-garbage-collector",
        "horizontal-pod-autoscaler", "legacy-service-account-token-cleaner",
        "persistent-volume-binder", "pod-garbage-collector", "root-ca-cert-publisher",
        "storage-version-garbage-collector", "token-cleaner", "ttl-after-finished-controller",
      ],
      suffixes: ["-controller", "-cleaner", "-collector", "-controller-manager", "-publisher"],
      reason: "the parts of the controller manager sign in with them"
    ),
  ]

  private static let classes: [WellKnownObjects] = [
    Self(
      kind: PriorityClass.kind,
      prefixes: ["system-", "openshift-"],
      reason: "the API server makes them"
    ),
    Self(
      kind: StorageClass.kind,
      names: ["default", "managed", "managed-premium", "gp2", "standard", "local-path"],
      prefixes: ["azurefile", "azureblob", "managed-csi", "premium-rwo", "standard-rwo"],
      reason: "providers install a choice of them"
    ),
  ]
}
