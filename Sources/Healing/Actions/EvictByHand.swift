import ClusterGraph
import KubernetesObjects

/// Ends a Pod as its disruption budgets allow, as a drain of its Node would.
struct EvictByHand: PlanningAction {
  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    try EvictPod.plan(for: try graph.settledRecord(object, as: Pod.self), origin, in: graph)
  }
}
