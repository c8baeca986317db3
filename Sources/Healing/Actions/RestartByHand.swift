import ClusterGraph
import KubernetesObjects

/// Replaces the Pods of a workload.
struct RestartByHand: PlanningAction {
  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    guard let workload = try graph.settledRecord(.object(object)) as? any Workload else {
      throw Obstacle("\(object) is no Deployment, StatefulSet or DaemonSet.")
    }
    return try RestartWorkload.plan(for: [workload], origin, in: graph)
  }
}
