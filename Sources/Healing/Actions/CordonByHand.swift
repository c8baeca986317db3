import ClusterGraph
import KubernetesObjects

/// Keeps new Pods away from a Node, or lets them come again.
struct CordonByHand: PlanningAction {
  let isUnschedulable: Bool

  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let node = try graph.settledRecord(object, as: Node.self)
    guard isUnschedulable else { return try UncordonNode.plan(for: node, origin) }
    return try CordonNode.plan(
      for: node,
      origin,
      because: "Nothing new is scheduled there until it is uncordoned.",
      in: graph
    )
  }
}
