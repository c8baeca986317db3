import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds CronJobs that never start a Job, since nobody can tell when.
struct UnreadableSchedule: Check {
  let id: CheckID = "unhealthy/cron-schedule"
  let title = "CronJob's schedule cannot be followed"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [CronJob.kind]
  let explanation = """
    The schedule or time zone cannot be read by the controller, or the deadline for starting is \
    always past, so no Job is ever started. The API server refuses most of these, but not those that \
    were stored before it knew better. Verify: kubectl describe cronjob NAME -n NAMESPACE
    """

  /// The areas of the time zone database, and the names without one.
  private static let areas: Set<String> = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil",
    "Canada", "Chile", "Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
  ]
  private static let plainZones: Set<String> = [
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB",
    "GB-Eire", "GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland",
    "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ",
    "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore",
    "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
  ]

  func inspect(_ job: CronJob, in cluster: ClusterView) -> [Observation] {
    guard !job.isSuspended, !job.metadata.isTerminating else { return [] }
    var problems: [(path: String, value: String, text: String)] = []
    if let problem = CronSchedule.problem(of: job.schedule) {
      problems.append(
        ("spec.schedule", job.schedule, "has a schedule that cannot be followed: \(problem)")
      )
    }
    if !job.timeZone.isEmpty, !Self.isZone(job.timeZone) {
      problems.append(
        ("spec.timeZone", job.timeZone, "is in time zone \(job.timeZone), which is unknown")
      )
    }
    if let deadline = job.startingDeadline, deadline < .zero {
      let seconds = "\(deadline.components.seconds)"
      problems.append(
        (
          "spec.startingDeadlineSeconds", seconds,
          "may start no Job: its deadline is \(seconds) s after the time"
        )
      )
    }
    return problems.map { problem in
      Observation(
        "CronJob \(job.key.qualifiedName) \(problem.text)",
        evidence: [Evidence(job.id, problem.path, problem.value)],
        beginning: .notBefore(job.metadata.creationTimestamp),
        discriminator: problem.path
      )
    }
  }

  private static func isZone(_ name: String) -> Bool {
    guard let slash = name.firstIndex(of: "/") else { return plainZones.contains(name) }
    return areas.contains(String(name[..<slash])) && !name.hasSuffix("/")
      && !name.contains(where: \.isWhitespace)
  }
}
