import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads all of whose ready Pods are lost with one Node, or with one zone.
struct WorkloadOnOneNode: Check {
  let id: CheckID = "risk/one-node"
  let title = "All replicas are on one Node, or in one zone"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let profile = CheckProfile.hygiene
  let remedies: [RemedyID] = ["evict-pod", "delete-pod"]
  let needs = [Node.kind, Pod.kind]
  let explanation = """
    The workload has several ready Pods, and all are on one Node: with it all of them are gone. The \
    scheduler spreads Pods only as well as it can at the time. Evicting one of them lets it choose \
    again; it heals for good with topologySpreadConstraints or anti-affinity. Clusters where \
    Pods can run on one Node alone are left out. The same goes for zones, which Pods tell by their \
    label topology.kubernetes.io/zone: Kubernetes gives it to them since 1.35. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR -o wide
    """

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard let replicas = subject.replicas, replicas > 1 else { return [] }
    if cluster.surroundings.hasSeveralNodes, isInOnePlace(cluster, by: \.nodeName) {
      return observation(about: subject, in: cluster, "on Node", "", "spec.nodeName", \.nodeName)
    }
    guard cluster.surroundings.hasSeveralZones, isInOnePlace(cluster, by: \.zone) else { return [] }
    let path = "metadata.labels[\(Node.zoneLabel)]"
    return observation(about: subject, in: cluster, "in zone", "zone", path, \.zone)
  }

  private func observation(
    about subject: TemplateSubject,
    in cluster: ClusterView,
    _ preposition: String,
    _ discriminator: String,
    _ path: String,
    _ place: (Pod) -> String
  ) -> [Observation] {
    let pods = cluster.targets(over: .selection).compactMap { $0.presence.record as? Pod }
      .filter(Self.isServing).sorted { $0.metadata.name < $1.metadata.name }
    guard pods.count > 1, let first = pods.first else { return [] }
    let nodes = Set(pods.compactMap(\.nodeKey)).sorted()
    return [
      Observation(
        "All \(pods.count) ready Pods of \(subject.name) are \(preposition) \(place(first))",
        evidence: pods.map { Evidence($0.id, path, place($0)) },
        related: nodes.map { .object($0) } + pods.map(\.id),
        beginning: .notBefore(pods.compactMap(\.metadata.creationTimestamp).max()),
        discriminator: discriminator
      )
    ]
  }

  /// Whether no two serving Pods are in different places; looks no further than the first two, or the
  /// first that does not tell where it is.
  private func isInOnePlace(_ cluster: ClusterView, by place: (Pod) -> String) -> Bool {
    var common = ""
    return !cluster.selects { record in
      guard let pod = record as? Pod, Self.isServing(pod) else { return false }
      let place = place(pod)
      if common.isEmpty { common = place }
      return place.isEmpty || place != common
    }
  }

  private static func isServing(_ pod: Pod) -> Bool {
    pod.isReady && !pod.isFinished && !pod.metadata.isTerminating
  }
}

extension Pod {
  /// The zone that it runs in; empty where it does not tell.
  fileprivate var zone: String { metadata.labels[Node.zoneLabel] ?? "" }
}
