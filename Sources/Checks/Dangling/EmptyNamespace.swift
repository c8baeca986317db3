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

  func inspect(_ namespace: Namespace, in cluster: ClusterView) -> [Observation] {
    let name = namespace.metadata.name
    guard !namespace.metadata.isTerminating,
      !cluster.hasReferrer(over: .namespace, where: NamespaceContent.includes),
      !NamespaceContent.isWellKnown(name),
      NamespaceContent.kinds.allSatisfy({ cluster.isKnown($0, in: name) })
    else { return [] }
    return [
      Observation(
        "Namespace \(name) has no workload, claim or Service",
        evidence: [Evidence(namespace.id, "metadata.name", name)],
        beginning: .notBefore(namespace.metadata.creationTimestamp)
      )
    ]
  }
}
