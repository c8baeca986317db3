import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes the Pod that a finding is about, or the younger managed one of several.
struct DeletePod: PlanningRemedy {
  let id: RemedyID = "delete-pod"
  let title = "Delete the (younger) Pod; its controller starts another"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let replaceable = try ReplaceablePod(behind: finding, in: graph)
    let (pod, controller) = (replaceable.pod, replaceable.controller)
    return plan(
      "Delete Pod \(pod.key.qualifiedName)",
      for: finding,
      because: "Its \(controller.kind.name) \(controller.name) starts a new Pod, "
        + "which gets an address of its own.",
      steps: [.delete(pod.key, uid: pod.metadata.uid)],
      disruption: .onePod,
      impacts: [.init(.object(pod.key), "is deleted, and replaced by its controller")],
      undo: "Cannot be undone: the new Pod has another name and address.",
      confirmation: .key("y")
    )
  }
}
