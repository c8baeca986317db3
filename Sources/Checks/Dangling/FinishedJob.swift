import Inspection
import KubernetesObjects

/// Finds Jobs that ended a day ago and that nobody removes.
struct FinishedJob: Check {
  let id: CheckID = "dangling/finished-job"
  let title = "Finished Job is left over"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(24 * 3600)
  let needs = [Job.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The Job ended, has no ttlSecondsAfterFinished, and no CronJob or other owner removes it: it and \
    its Pods stay until somebody deletes them. \
    Verify: kubectl get job NAME -n NAMESPACE -o jsonpath='{.status.conditions}'
    """

  func inspect(_ job: Job, in cluster: ClusterView) -> [Observation] {
    guard job.isComplete || job.hasFailed, job.timeToLive == nil, !job.metadata.isTerminating,
      job.metadata.ownerReferences.isEmpty
    else { return [] }
    let how = job.isComplete ? "Complete" : "Failed"
    let end = job.completionTime ?? job.conditions[how]?.lastTransitionTime
    return [
      Observation(
        "Job \(job.key.qualifiedName) is \(how.lowercased()) and was never removed",
        evidence: [
          Evidence(job.id, "status.conditions[\(how)].status", "True"),
          Evidence(job.id, "spec.ttlSecondsAfterFinished", "not set"),
        ],
        beginning: end.map { .at($0) } ?? .notBefore(job.metadata.creationTimestamp)
      )
    ]
  }
}
