import ClusterGraph
import KubernetesObjects

/// Cordons a Node and evicts its Pods.
struct DrainByHand: PlanningAction {
  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let node = try graph.settledRecord(object, as: Node.self)
    return try DrainNode.plan(for: node, origin, in: graph)
  }
}
