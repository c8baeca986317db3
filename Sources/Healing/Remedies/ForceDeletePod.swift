import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes a Pod without waiting for a kubelet that will not answer.
struct ForceDeletePod: Remedy {
  let id: RemedyID = "force-delete-pod"
  let title = "Force-delete the Pod (grace period 0)"

  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    guard let key = finding.subject.objectKey, let pod = graph.record(key) as? Pod else {
      return .unavailable("The Pod is gone already.")
    }
    guard let node = pod.nodeKey else {
      return .unavailable("The Pod is on no Node; a normal deletion ends at once.")
    }
    let cause: String
    switch graph.presence(of: .object(node)) {
    case .absent, .notAnObject: cause = "does not exist, so no kubelet can confirm"
    case .unknown(let reason):
      return .unavailable(
        "Whether Node \(node.name) works is not known (\(reason)), and where it does its kubelet "
          + "must end the Pod."
      )
    case .present(let record):
      guard let ready = (record as? Node)?.ready, ready.status != .isTrue else {
        return .unavailable(
          "Node \(node.name) is not known to be down: its kubelet must end the Pod, or it may run "
            + "on unseen."
        )
      }
      cause = "is not ready, so no kubelet confirms"
    }
    return .plan(
      HealPlan(
        cause: .finding(finding.id),
        subject: finding.subject,
        cluster: finding.cluster,
        remedy: id,
        title: "Force-delete Pod \(key.qualifiedName)",
        reason: "Its Node \(node.name) \(cause) that it ended.",
        steps: [.delete(key, uid: pod.metadata.uid, gracePeriodSeconds: 0)],
        disruption: .dataLoss,
        blastRadius: BlastRadius(
          ending: key,
          "is forgotten; a process that still runs is not stopped",
          in: graph
        ),
        undo: "Cannot be undone.",
        confirmation: .typing(key.name)
      )
    )
  }
}
