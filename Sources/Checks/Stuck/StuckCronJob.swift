import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds CronJobs that do not run when they should, or whose runs do not succeed.
struct StuckCronJob: Check {
  let id: CheckID = "stuck/cron-job"
  let title = "CronJob misses its runs"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [CronJob.kind]
  let remedies: [RemedyID] = ["trigger-cron-job"]
  let thresholds = [Self.misses]
  let explains: [Explanation] = [.referrers(over: .owner, .checks(["stuck/job"]))]
  let explanation = """
    By its schedule the CronJob should have run at least twice since it last did, or its last \
    runs have all failed. The work it stands for, as backups or renewals, is not done. Its \
    controller may be down, startingDeadlineSeconds too short, the Job refused at its creation, \
    or what it runs is broken. It heals with the next run that succeeds. \
    Verify: kubectl get cronjob NAME -n NAMESPACE
    """

  static let misses = Threshold("misses", 2, "how many runs in a row are missed, or fail")

  func inspect(_ job: CronJob, in cluster: ClusterView) -> [Observation] {
    guard !job.isSuspended, !job.metadata.isTerminating, let schedule = CronSchedule(job.schedule)
    else { return [] }
    let misses = max(1, Int(cluster.value(of: Self.misses)))
    let failure = failure(of: job, schedule, misses, in: cluster)
    // A run that goes on may be why the next ones are left out.
    guard failure.isEmpty, job.activeJobs == 0,
      let due = due(job, schedule, misses)
    else { return failure }
    return [
      Observation(
        "CronJob \(job.key.qualifiedName) did not run when it should, the last time at "
          + due.rfc3339,
        evidence: [
          Evidence(job.id, "spec.schedule", job.schedule),
          Evidence(job.id, "status.lastScheduleTime", job.lastScheduleTime?.rfc3339 ?? "never"),
        ],
        beginning: .from(due),
        discriminator: "missed"
      )
    ]
  }

  /// When it will have missed so many runs.
  private func due(_ job: CronJob, _ schedule: CronSchedule, _ misses: Int) -> Timestamp? {
    guard let last = job.lastScheduleTime ?? job.metadata.creationTimestamp else { return nil }
    let offset = job.lastScheduleTime.flatMap { schedule.offset(by: $0) }
    var due = last
    for _ in 0..<misses {
      guard let next = schedule.next(after: due, offset: offset ?? 0) else { return nil }
      due = next
    }
    // Nobody tells the zone before the first run, and clocks are put forward and back.
    if offset == nil { return due + .seconds(86_400) }
    return last.elapsed(to: due) > .seconds(43_200) ? due + .seconds(3600) : due
  }

  /// That nothing succeeded for so many runs, and the last of them failed.
  private func failure(
    of job: CronJob,
    _ schedule: CronSchedule,
    _ misses: Int,
    in cluster: ClusterView
  ) -> [Observation] {
    guard let last = job.lastScheduleTime else { return [] }
    let jobs = cluster.referrers(over: .owner).compactMap { $0.presence.record as? Job }
    guard let newest = jobs.max(by: { $0.metadata.isOlder(than: $1.metadata) }), newest.hasFailed
    else { return [] }
    let offset = schedule.offset(by: last) ?? 0
    var time = job.lastSuccessfulTime ?? job.metadata.creationTimestamp ?? last
    for _ in 0..<misses {
      guard let next = schedule.next(after: time, offset: offset), next <= last else { return [] }
      time = next
    }
    let success = job.lastSuccessfulTime?.rfc3339 ?? "never"
    return [
      Observation(
        "The last runs of CronJob \(job.key.qualifiedName) all failed; it last succeeded "
          + (job.lastSuccessfulTime == nil ? success : "at \(success)"),
        evidence: [
          Evidence(job.id, "status.lastSuccessfulTime", success),
          Evidence(newest.id, "status.conditions[Failed].status", "True"),
        ],
        related: [newest.id],
        beginning: .at(last),
        discriminator: "failed"
      )
    ]
  }
}

extension ObjectMetadata {
  /// The order of age; equal times are told apart by name.
  fileprivate func isOlder(than other: ObjectMetadata) -> Bool {
    guard let own = creationTimestamp, let others = other.creationTimestamp, own != others else {
      return name < other.name
    }
    return own < others
  }
}
