import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Jobs that failed, should have ended, or only ever fail.
struct StuckJob: Check {
  let id: CheckID = "stuck/job"
  let title = "Job does not get done"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Job.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let thresholds = [Self.failures]
  let explains: [Explanation] = [.targets(over: .owner)]
  let explanation = """
    The Job gave up after backoffLimit failures or its activeDeadlineSeconds, should have been \
    ended by then and was not, or has Pods that all fail so far. A failed Job is not tried again: \
    it must be deleted and made anew once the cause is found, which the logs of its Pods tell. \
    Verify: kubectl describe job NAME -n NAMESPACE
    """

  static let failures = Threshold(
    "failures",
    3,
    "how many Pods of a Job that is still active fail, and none succeeds"
  )

  func inspect(_ job: Job, in cluster: ClusterView) -> [Observation] {
    guard !job.isComplete, !job.isSuspended, !job.metadata.isTerminating else { return [] }
    if let failure = job.conditions["Failed"], failure.status == .isTrue {
      return hasSucceeded(after: failure, in: cluster) ? [] : [failed(job, failure)]
    }
    guard let start = job.startTime else { return [] }
    if job.failedPods >= Int(cluster.value(of: Self.failures)), job.succeededPods == 0,
      job.failedPods > job.activePods
    {
      return [failing(job, since: start)]
    }
    guard let deadline = job.activeDeadline else { return [] }
    return [overdue(job, start + deadline)]
  }

  /// Whether the CronJob that made the Job got a later one done: then nobody needs this one.
  private func hasSucceeded(after failure: Condition, in cluster: ClusterView) -> Bool {
    cluster.targets(over: .owner).contains { owner in
      guard let cronJob = owner.presence.record as? CronJob,
        let success = cronJob.lastSuccessfulTime
      else { return false }
      return failure.lastTransitionTime.map { $0 <= success } ?? true
    }
  }

  private func failed(_ job: Job, _ failure: Condition) -> Observation {
    Observation(
      "Job \(job.key.qualifiedName) failed: \(failure.why)",
      evidence: [failure.evidence(of: job.id), Self.failedPods(of: job)],
      beginning: failure.since(job.metadata)
    )
  }

  private func failing(_ job: Job, since start: Timestamp) -> Observation {
    Observation(
      "Job \(job.key.qualifiedName) only fails: \(job.failedPods) Pods failed, none succeeded",
      evidence: [
        Self.failedPods(of: job), Evidence(job.id, "spec.backoffLimit", "\(job.backoffLimit)"),
      ],
      beginning: .notBefore(start),
      discriminator: "failing"
    )
  }

  private func overdue(_ job: Job, _ deadline: Timestamp) -> Observation {
    Observation(
      "Job \(job.key.qualifiedName) is active past its deadline at \(deadline.rfc3339)",
      evidence: [
        Evidence(job.id, "status.startTime", job.startTime?.rfc3339 ?? ""),
        Evidence(
          job.id,
          "spec.activeDeadlineSeconds",
          "\(job.activeDeadline?.components.seconds ?? 0)"
        ),
        Evidence(job.id, "status.active", "\(job.activePods)"),
      ],
      beginning: .from(deadline),
      discriminator: "overdue"
    )
  }

  private static func failedPods(of job: Job) -> Evidence {
    Evidence(job.id, "status.failed", "\(job.failedPods)")
  }
}
