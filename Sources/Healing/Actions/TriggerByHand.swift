import ClusterGraph
import KubernetesObjects

/// Runs a CronJob once, now.
struct TriggerByHand: PlanningAction {
  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let cronJob = try graph.settledRecord(object, as: CronJob.self)
    return try TriggerCronJob.plan(for: cronJob, origin, because: "It is run once out of turn.")
  }
}
