import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads all of whose ready Pods are lost with one Node.
struct WorkloadOnOneNode: Check {
  let id: CheckID = "risk/one-node"
  let title = "All replicas are on one Node"
  let severity = Severity.warning
  let settles = Duration.seconds(600)
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["delete-pod"]
  let needs = [Node.kind, Pod.kind]
  let explanation = """
    The workload has several ready Pods, and all are on one Node: with it all of them are gone. The \
    scheduler spreads Pods only as well as it can at the time. Deleting one of them lets it choose \
    again; it heals for good with topologySpreadConstraints or anti-affinity. Clusters where \
    Pods can run on one Node alone are left out. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR -o wide
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard let replicas = subject.replicas, replicas > 1, cluster.surroundings.hasSeveralNodes,
      isOnOneNode(cluster)
    else { return [] }
    let pods = cluster.targets(over: .selection).compactMap { $0.presence.record as? Pod }
      .filter(Self.isServing).sorted { $0.metadata.name < $1.metadata.name }
    guard pods.count > 1, let first = pods.first, let node = first.nodeKey else { return [] }
    return [
      Observation(
        "All \(pods.count) ready Pods of \(subject.name) are on Node \(node.name)",
        evidence: pods.map { Evidence($0.id, "spec.nodeName", $0.nodeName) },
        related: [.object(node)] + pods.map(\.id),
        beginning: .notBefore(pods.compactMap(\.metadata.creationTimestamp).max())
      )
    ]
  }

  /// Whether no two serving Pods are on different Nodes; looks no further than the first two.
  private func isOnOneNode(_ cluster: ClusterView) -> Bool {
    var node = ""
    return !cluster.selects { record in
      guard let pod = record as? Pod, Self.isServing(pod) else { return false }
      if node.isEmpty { node = pod.nodeName }
      return node != pod.nodeName
    }
  }

  private static func isServing(_ pod: Pod) -> Bool {
    pod.isReady && !pod.isFinished && !pod.metadata.isTerminating
  }
}
