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
    guard let node = pod.nodeKey, let handle = graph.handle(of: .object(key)) else {
      return .unavailable("The Pod is on no Node; a normal deletion ends at once.")
    }
    let isNodeAbsent = graph.targets(of: handle, over: .node).contains(where: \.presence.isAbsent)
    let isNodeReady = (graph.record(node) as? Node)?.ready?.status == .isTrue
    guard isNodeAbsent || !isNodeReady else {
      return .unavailable(
        "Node \(node.name) is ready: its kubelet must end the Pod, or it may run on unseen."
      )
    }
    return .plan(
      HealPlan(
        finding: finding.id,
        cluster: finding.cluster,
        remedy: id,
        title: "Force-delete Pod \(key.qualifiedName)",
        reason: isNodeAbsent
          ? "Its Node \(node.name) does not exist, so no kubelet can confirm that it ended."
          : "Its Node \(node.name) is not ready, so no kubelet confirms that it ended.",
        steps: [.delete(key, uid: pod.metadata.uid, gracePeriodSeconds: 0)],
        disruption: .dataLoss,
        blastRadius: BlastRadius(
          [.init(.object(key), "is forgotten; a process that still runs is not stopped")]
            + BlastRadius.ownedObjects(of: key, in: graph)
        ),
        undo: "Cannot be undone.",
        confirmation: .typing(key.name)
      )
    )
  }
}
