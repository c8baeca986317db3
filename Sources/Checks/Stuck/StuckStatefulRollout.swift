import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds StatefulSets in which one Pod that is not ready keeps the others waiting.
struct StuckStatefulRollout: Check {
  let id: CheckID = "stuck/stateful-rollout"
  let title = "One Pod of a StatefulSet blocks the rest"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [Pod.kind, StatefulSet.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explains: [Explanation] = [.sameSubject("unhealthy/workload")]
  let explanation = """
    A StatefulSet goes from Pod to Pod, and waits for each to be ready. One of them is not, so \
    the others are neither created nor updated. Even a corrected template does not reach it: the \
    controller does not replace a Pod that was never ready, it must be deleted. It heals when the \
    Pod becomes ready, or is deleted after the template was corrected. \
    Verify: kubectl rollout status statefulset NAME -n NAMESPACE
    """

  func inspect(_ set: StatefulSet, in cluster: ClusterView) -> [Observation] {
    guard set.replicas > 0, !set.metadata.isTerminating, set.readyReplicas < set.replicas,
      set.observedGeneration >= set.metadata.generation
    else { return [] }
    let pods = cluster.referrers(over: .owner).compactMap { neighbour -> (Int, Pod)? in
      guard let pod = neighbour.presence.record as? Pod else { return nil }
      return set.ordinal(of: pod).map { ($0, pod) }
    }.sorted { $0.0 < $1.0 }
    guard let (blocking, waiting) = blockade(of: set, pods) else { return [] }
    let since = blocking.conditions["Ready"]?.lastTransitionTime
    return [
      Observation(
        "Pod \(blocking.key.qualifiedName) is not ready, and StatefulSet "
          + "\(set.key.qualifiedName) waits for it: \(waiting)",
        evidence: [
          Evidence(blocking.id, "status.phase", blocking.phase.rawValue),
          Evidence(set.id, "spec.replicas", "\(set.replicas)"),
          Evidence(set.id, "status.readyReplicas", "\(set.readyReplicas)"),
          Evidence(set.id, "status.updatedReplicas", "\(set.updatedReplicas)"),
        ],
        related: [blocking.id],
        beginning: (since ?? blocking.metadata.creationTimestamp).map { .at($0) } ?? .whenSeen
      )
    ]
  }

  /// The Pod that others wait for, and what becomes of these; `nil` where none do.
  private func blockade(
    of set: StatefulSet,
    _ pods: [(ordinal: Int, pod: Pod)]
  ) -> (blocking: Pod, waiting: String)? {
    let unready = pods.filter { !$0.pod.isReady && !$0.pod.metadata.isTerminating }
    if set.isUpdating {
      let old = pods.filter { $0.ordinal >= set.partition && !set.isUpdated($0.pod) }
      // Updates go from the last Pod to the first.
      if let (ordinal, pod) = unready.last, old.contains(where: { $0.ordinal != ordinal }) {
        return (pod, "\(old.count { $0.ordinal != ordinal }) Pods are not updated")
      }
    }
    let missing = set.replicas - pods.count
    guard !set.isParallel, missing > 0, let (_, pod) = unready.first else { return nil }
    return (pod, "\(missing) Pods are not created")
  }
}

extension StatefulSet {
  fileprivate var isUpdating: Bool {
    !updatesOnDelete && !updateRevision.isEmpty && updateRevision != currentRevision
  }

  fileprivate func isUpdated(_ pod: Pod) -> Bool {
    pod.metadata.labels["controller-revision-hash"] == updateRevision
  }

  /// The number at the end of a Pod's name; `nil` where it is none that the set shall have.
  fileprivate func ordinal(of pod: Pod) -> Int? {
    let prefix = "\(metadata.name)-"
    guard pod.metadata.name.hasPrefix(prefix),
      let ordinal = Int(pod.metadata.name.dropFirst(prefix.count)),
      (firstOrdinal..<firstOrdinal + replicas).contains(ordinal)
    else { return nil }
    return ordinal
  }
}
