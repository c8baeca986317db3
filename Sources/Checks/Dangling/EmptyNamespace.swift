import Inspection
import KubernetesObjects

/// Finds namespaces in which there is nothing but what Kubernetes puts in each.
struct EmptyNamespace: Check {
  let id: CheckID = "dangling/namespace-empty"
  let title = "Namespace with nothing in it"
  let severity = Severity.info
  let settles = Duration.seconds(7 * 24 * 3600)
  let needs = [Namespace.kind, PersistentVolumeClaim.kind, Pod.kind, Service.kind]
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    There is no workload, claim, Service, configuration or custom object in the namespace, only \
    what each namespace has, and rules about what might come. It is probably left over; its \
    accounts and bindings still allow something to somebody. \
    Verify: kubectl get all,pvc,cm,secret -n NAME
    """

  /// What may be read only in part must not look empty.
  private static let contents = [
    Pod.kind, Service.kind, PersistentVolumeClaim.kind, ConfigMap.kind, Secret.kind,
    Deployment.kind, StatefulSet.kind, DaemonSet.kind, CronJob.kind,
  ]

  /// Kubernetes' own, which are there whether needed or not.
  private static let wellKnown: Set<String> = [
    "default", "kube-node-lease", "kube-public", "kube-system",
  ]

  /// Rules about what might come, and traces of what was.
  private static let furniture: Set<String> = [
    "Endpoints", "EndpointSlice", "Event", "Lease", "LimitRange", "NetworkPolicy",
    "ResourceQuota", "Role", "RoleBinding", "ServiceAccount",
  ]

  /// What controllers put in each namespace.
  private static let given: Set<String> = [
    "istio-ca-root-cert", "kube-root-ca.crt", "openshift-service-ca.crt",
  ]

  func inspect(_ namespace: Namespace, in cluster: ClusterView) -> [Observation] {
    let name = namespace.metadata.name
    guard !namespace.metadata.isTerminating,
      !cluster.hasReferrer(over: .namespace, where: Self.isContent),
      !Self.wellKnown.contains(name), !name.hasPrefix("openshift"),
      Self.contents.allSatisfy({ cluster.isKnown($0, in: name) })
    else { return [] }
    return [
      Observation(
        "Namespace \(name) has no workload, claim or Service",
        evidence: [Evidence(namespace.id, "metadata.name", name)],
        beginning: .notBefore(namespace.metadata.creationTimestamp)
      )
    ]
  }

  private static func isContent(_ kind: ObjectKind, _ name: String) -> Bool {
    if furniture.contains(kind.name), kind.isBuiltIn { return false }
    return !(kind == ConfigMap.kind && given.contains(name))
  }
}
