import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds namespaces whose deletion does not end.
struct StuckNamespace: Check {
  let id: CheckID = "stuck/namespace-terminating"
  let title = "Namespace does not finish terminating"
  let severity = Severity.critical
  let settles = Duration.seconds(300)
  let needs = [Namespace.kind]
  let remedies: [RemedyID] = ["delete-api-service", "remove-finalizer"]
  let explains: [Explanation] = [
    // What is stuck in it holds it up, and is no consequence.
    .referrers(over: .namespace, .allBut("stuck/terminating"))
  ]
  let explanation = """
    The namespace controller deletes all that is in a namespace, and then the namespace. It does \
    not get there: an API group cannot be listed because the APIService behind it is down, or \
    objects in it wait for finalizers that nobody removes. Nothing can be created in it \
    meanwhile, and no namespace of this name. It heals when the APIService answers again or is \
    deleted, or when the finalizers of what remains are removed. \
    Verify: kubectl get namespace NAME -o jsonpath='{.status.conditions}'
    """

  func inspect(_ namespace: Namespace, in cluster: ClusterView) -> [Observation] {
    guard let deletion = namespace.metadata.deletionTimestamp else { return [] }
    let complaints = namespace.conditions.filter { $0.status == .isTrue }
    let finalizers = namespace.metadata.finalizers.map {
      Evidence(namespace.id, "metadata.finalizers", $0)
    }
    let services = cluster.targets(over: .discovery).map(\.id)
    return [
      Observation(
        "Namespace \(namespace.metadata.name) does not finish terminating"
          + reason(namespace, complaints, services),
        evidence: [Evidence(namespace.id, "metadata.deletionTimestamp", deletion.rfc3339)]
          + finalizers
          + namespace.specFinalizers.map { Evidence(namespace.id, "spec.finalizers", $0) }
          + complaints.map { $0.evidence(of: namespace.id) },
        related: services,
        remedies: (services.isEmpty ? [] : ["delete-api-service"])
          + (finalizers.isEmpty ? [] : ["remove-finalizer"]),
        beginning: .at(deletion)
      )
    ]
  }

  /// What comes first in the way of the deletion, as far as the namespace controller tells.
  private func reason(
    _ namespace: Namespace,
    _ complaints: [Condition],
    _ services: [VertexID]
  ) -> String {
    if !services.isEmpty {
      let names = services.map(\.description).joined(separator: ", ")
      return ": \(names) cannot be asked what is there"
    }
    let order = [
      "NamespaceDeletionDiscoveryFailure", "NamespaceDeletionGroupVersionParsingFailure",
      "NamespaceDeletionContentFailure", "NamespaceFinalizersRemaining",
      "NamespaceContentRemaining",
    ]
    for type in order {
      if let complaint = complaints[type] { return ": \(complaint.why)" }
    }
    let held = namespace.metadata.finalizers
    return held.isEmpty ? "" : ", held by \(held.joined(separator: ", "))"
  }
}
