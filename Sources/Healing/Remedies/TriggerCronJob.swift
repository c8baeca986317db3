import ClusterGraph
import Inspection
import KubernetesObjects

/// Runs a CronJob once, now, as `kubectl create job --from` does.
struct TriggerCronJob: PlanningRemedy {
  let id: RemedyID = "trigger-cron-job"
  let title = "Run the CronJob once, now"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let cronJob = try graph.subject(of: finding, as: CronJob.self)
    return try Self.plan(
      for: cronJob,
      PlanOrigin(finding, id, in: graph),
      because: "What its missed or failed runs should have done is done now, if it can be."
    )
  }

  static func plan(
    for cronJob: CronJob,
    _ origin: PlanOrigin,
    because reason: String
  ) throws(Obstacle) -> HealPlan {
    let key = cronJob.key
    guard cronJob.activeJobs == 0 else { throw Obstacle("A run of it is under way.") }
    let job = job(of: key, at: origin.time)
    return origin.plan(
      "Run CronJob \(key.qualifiedName) once",
      because: reason,
      steps: [.run(JobRun(job, of: key, uid: cronJob.metadata.uid))],
      disruption: .none,
      blastRadius: BlastRadius([
        .init(.object(key), "runs once, whatever its schedule and its concurrencyPolicy say"),
        .init(.object(job), "is created, and does what the CronJob stands for"),
      ]),
      undo:
        "\(kubectl: "delete job \(job.name) -n \(job.namespace)") ends the run; what it has done stays.",
      confirmation: .key("y")
    )
  }

  /// A run by hand does not count for the schedule, so the Job itself is the proof.
  func isProved(_ plan: HealPlan, in graph: ClusterGraph) -> Bool? {
    plan.steps.contains { graph.record($0.target) != nil }
  }

  /// The Job's name ends in seconds, where those of the CronJob's controller end in minutes.
  private static func job(of cronJob: ObjectKey, at time: Timestamp) -> ObjectKey {
    ObjectKey(
      Job.kind,
      namespace: cronJob.namespace,
      name: "\(cronJob.name)-\(time.millisecondsSince1970 / 1000)"
    )
  }
}
