import Inspection
import KubernetesObjects

/// Finds CronJobs that somebody suspended, and perhaps forgot.
struct SuspendedCronJob: Check {
  let id: CheckID = "stuck/cron-job-suspended"
  let title = "CronJob is suspended"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(24 * 3600)
  let profile = CheckProfile.hygiene
  let needs = [CronJob.kind]
  let explanation = """
    A suspended CronJob starts no Jobs until somebody resumes it. That is meant, but what was \
    suspended for an hour's work is easily forgotten, and so is the backup that no longer runs. \
    It heals with spec.suspend: false. \
    Verify: kubectl get cronjob NAME -n NAMESPACE -o jsonpath='{.spec.suspend}'
    """

  func inspect(_ job: CronJob, in cluster: ClusterView) -> [Observation] {
    guard job.isSuspended, !job.metadata.isTerminating else { return [] }
    let last = job.lastScheduleTime
    return [
      Observation(
        "CronJob \(job.key.qualifiedName) is suspended"
          + (last.map { ", and last ran at \($0.rfc3339)" } ?? ", and has never run"),
        evidence: [
          Evidence(job.id, "spec.suspend", "true"),
          Evidence(job.id, "spec.schedule", job.schedule),
        ],
        beginning: .notBefore(last ?? job.metadata.creationTimestamp)
      )
    ]
  }
}
