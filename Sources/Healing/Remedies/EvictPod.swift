import ClusterGraph
import Inspection
import KubernetesObjects

/// Ends the Pod that a finding is about, or the younger managed one of several, where its disruption
/// budgets let it go.
struct EvictPod: PlanningRemedy {
  let id: RemedyID = "evict-pod"
  let title = "Evict the (younger) Pod, as its disruption budgets allow"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let pod = try ReplaceablePod(behind: finding, in: graph).pod
    return try Self.plan(for: pod, PlanOrigin(finding, id, in: graph), in: graph)
  }

  static func plan(
    for pod: Pod,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    guard !pod.isMirror else {
      throw Obstacle(
        "It is a static Pod: its kubelet runs it from a file on its Node; change it there."
      )
    }
    let impacts = DrainedPods([pod]).impacts(in: graph)
    let daemon = BlastRadius.Impact(.object(pod.key), "ends; its DaemonSet starts another here")
    let isManaged = pod.metadata.controller != nil
    let disruption: HealPlan.Disruption =
      if pod.hasScratchVolumes || !isManaged && !pod.isFinished {
        .dataLoss
      } else if pod.isFinished {
        .none
      } else {
        .onePod
      }
    return origin.plan(
      "Evict Pod \(pod.key.qualifiedName)",
      because: isManaged
        ? "Its controller starts another, where there is room; its disruption budgets are asked first."
        : "It ends as its disruption budgets allow.",
      steps: [.evict(pod.key, uid: pod.metadata.uid)],
      disruption: disruption,
      blastRadius: BlastRadius(impacts.isEmpty ? [daemon] : impacts),
      undo: "Cannot be undone: a new Pod has another name and address.",
      confirmation: isManaged || pod.isFinished ? .key("y") : .typing(pod.metadata.name)
    )
  }
}
