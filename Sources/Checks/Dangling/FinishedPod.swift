import Inspection
import KubernetesObjects

/// Finds Pods that ended long ago and that nobody removes.
struct FinishedPod: Check {
  let id: CheckID = "dangling/finished-pod"
  let title = "Finished Pod is left over"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(3600)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    The Pod ended, was evicted or was refused by its Node, and stays until somebody deletes it or \
    12,500 such Pods have gathered. It runs nothing, but is listed everywhere, and keeps the claims \
    that it mounts from being deleted. \
    Verify: kubectl get pods -A --field-selector status.phase=Failed
    """

  /// Whose ended Pods are of no more use; all other controllers keep them on purpose, for their
  /// logs and as long as their own object lives, as Jobs do.
  private static let replacingControllers: Set<ObjectKind> = [
    DaemonSet.kind, ReplicaSet.kind, StatefulSet.kind,
    ObjectKind("ReplicationController"),
  ]

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.isFinished, !pod.metadata.isTerminating, !pod.isMirror else { return [] }
    if let owner = pod.metadata.controller, !Self.replacingControllers.contains(owner.kind) {
      return []
    }
    let reason = pod.explanation?.reason ?? ""
    let how = reason.isEmpty ? pod.phase.rawValue : "\(pod.phase.rawValue), \(reason)"
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) ended (\(how)) and was never removed",
        evidence: [
          Evidence(pod.id, "status.phase", pod.phase.rawValue),
          Evidence(pod.id, "status.reason", reason),
        ],
        related: pod.nodeKey.map { [.object($0)] } ?? [],
        beginning: pod.endTime.map { .at($0) } ?? .notBefore(pod.metadata.creationTimestamp)
      )
    ]
  }
}

extension Pod {
  /// When a finished Pod ended, as its containers and conditions tell.
  fileprivate var endTime: Timestamp? {
    let ends = containers.compactMap { status -> Timestamp? in
      guard case .terminated(let termination) = status.state else { return nil }
      return termination.finishedAt
    }
    return (ends + conditions.compactMap(\.lastTransitionTime)).max()
  }
}
