import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds DaemonSets that do not get to run on all of their Nodes as they should.
struct StuckDaemonRollout: Check {
  let id: CheckID = "stuck/daemon-rollout"
  let title = "DaemonSet does not run as it should on all Nodes"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [DaemonSet.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explains: [Explanation] = [.sameSubject("unhealthy/workload")]
  let explanation = """
    Some Nodes lack the DaemonSet's Pod, have one that is not available or of an old revision, or \
    run one though they should not. What it provides, mostly network, storage or logs, is missing \
    there. The Pods of those Nodes tell why. It heals when these become ready, since a rollout \
    waits for each of them. \
    Verify: kubectl rollout status daemonset NAME -n NAMESPACE
    """

  func inspect(_ set: DaemonSet, in cluster: ClusterView) -> [Observation] {
    guard !set.metadata.isTerminating, set.observedGeneration >= set.metadata.generation else {
      return []
    }
    let outdated = set.updatesOnDelete ? 0 : set.desiredPods - set.updatedPods
    let unavailable = set.desiredPods - set.availablePods
    guard outdated > 0 || unavailable > 0 || set.misscheduledPods > 0 else { return [] }
    let laggard = unavailable > 0 ? laggard(in: cluster) : nil
    let counts = [
      (unavailable, "without an available Pod"), (outdated, "not updated"),
      (set.misscheduledPods, "with a Pod that they should not run"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return [
      Observation(
        "DaemonSet \(set.key.qualifiedName) wants \(set.desiredPods) Nodes and has "
          + counts.joined(separator: ", "),
        evidence: [
          Evidence(set.id, "status.desiredNumberScheduled", "\(set.desiredPods)"),
          Evidence(set.id, "status.numberAvailable", "\(set.availablePods)"),
          Evidence(set.id, "status.updatedNumberScheduled", "\(set.updatedPods)"),
          Evidence(set.id, "status.numberMisscheduled", "\(set.misscheduledPods)"),
        ],
        related: laggard.map { [$0.pod.id] } ?? [],
        remedies: laggard == nil ? [] : ["delete-pod"],
        // While counts change it gets on: Nodes come and go, and Pods are updated one by one.
        beginning: laggard.map { .from($0.since) } ?? .notBefore(nil),
        discriminator: laggard == nil
          ? "\(set.desiredPods) \(set.availablePods) \(set.updatedPods) \(set.misscheduledPods)"
          : ""
      )
    ]
  }

  /// The Pod that is not ready for the longest.
  private func laggard(in cluster: ClusterView) -> (pod: Pod, since: Timestamp)? {
    var laggard: (pod: Pod, since: Timestamp)?
    for neighbour in cluster.referrers(over: .owner) {
      guard let pod = neighbour.presence.record as? Pod, pod.isUnderWay,
        let since = pod.conditions["Ready"]?.lastTransitionTime
          ?? pod.metadata.creationTimestamp
      else { continue }
      if let known = laggard, known.since <= since { continue }
      laggard = (pod, since)
    }
    return laggard
  }
}
