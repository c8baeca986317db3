import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods that failed, or of which nobody knows how they are.
struct FailedPod: Check {
  let id: CheckID = "unhealthy/pod-failed"
  let title = "Pod has failed"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    The Pod ended in failure, was evicted, or its phase is Unknown because its Node cannot be asked. \
    Its controller has made another where there is one; the failed Pod stays to be looked at, until \
    somebody deletes it. Evictions tell that the Node was short of something. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  /// How Pods end that made way in good order: for more important ones, or for a Node's restart.
  private static let orderly: Set<String> = [
    "NodeShutdown", "Preempting", "Shutdown", "Terminated",
  ]

  /// Those who replace a Pod that has failed.
  ///
  /// What others run ends one way or the other, and they tell how.
  private static let servers: Set<ObjectKind> = [
    DaemonSet.kind, ReplicaSet.kind, StatefulSet.kind, ObjectKind("ReplicationController"),
  ]

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.phase == .failed || pod.phase == .unknown, !pod.metadata.isTerminating,
      pod.metadata.controller.map({ Self.servers.contains($0.kind) }) ?? true
    else { return [] }
    let why = pod.explanation ?? Pod.Explanation()
    guard !Self.orderly.contains(why.reason) else { return [] }
    let ends = pod.containers.compactMap(\.failure)
    let reason = why.reason.isEmpty ? ends.first?.text ?? "" : why.reason
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) "
          + (pod.phase == .failed ? "has failed" : "is in an unknown state")
          + (reason.isEmpty ? "" : ": \(reason)"),
        evidence: [
          Evidence(pod.id, "status.phase", pod.phase.rawValue),
          Evidence(pod.id, "status.message", why.message),
        ]
          + ends.map {
            Evidence(pod.id, "status.containerStatuses[\($0.name)].state", $0.text)
          },
        related: cluster.targets(over: .node).map(\.id),
        beginning: ends.compactMap(\.time).max().map { .at($0) }
          ?? .notBefore(pod.metadata.creationTimestamp)
      )
    ]
  }
}

extension ContainerStatus {
  /// How it failed, if it did.
  fileprivate var failure: (name: String, text: String, time: Timestamp?)? {
    guard case .terminated(let end) = state, end.exitCode != 0 || end.signal != 0 else {
      return nil
    }
    return (name, "\(end.reason), exit code \(end.exitCode)", end.finishedAt)
  }
}
