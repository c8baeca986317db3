import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import Reporting

/// What an agent measures of its clusters and of itself.
struct AgentMetrics: Sendable {
  /// So many teams have metrics of their own; what the others have is told together.
  static let teamLimit = 200
  /// Seconds, from moments to a week.
  private static let bounds: [Double] = [
    1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 86_400, 7 * 86_400,
  ]

  private var timeToDetect = Histogram(bounds: bounds)
  private var timeToResolve = Histogram(bounds: bounds)
  private var raised = 0
  private var resolved = 0
  private var known: Set<FindingID> = []

  /// Takes in what became of findings; what was there before a cluster was inspected is no news.
  mutating func take(_ news: FindingsNews, at now: Timestamp, inspected: Set<String>) {
    for known in news.changed
    where self.known.insert(known.finding.id).inserted && inspected.contains(known.finding.cluster)
    {
      raised += 1
      guard !known.finding.mayBeYounger else { continue }
      timeToDetect.note(known.finding.since.elapsed(to: now).seconds)
    }
    // What others tell of now is not resolved.
    for finding in news.moved { known.remove(finding.id) }
    for finding in news.gone where known.remove(finding.id) != nil {
      resolved += 1
      timeToResolve.note(finding.since.elapsed(to: now).seconds)
    }
  }

  /// All there is to tell now.
  func families(
    _ statuses: [ClusterStatus],
    _ entries: [FindingLedger.Entry],
    _ checks: [CataloguePage.Row],
    followers: Int
  ) -> [MetricFamily] {
    var raised = MetricFamily(
      "kpatrol_findings_raised",
      .counter,
      "Findings raised since the start."
    )
    raised.add(Double(self.raised))
    var resolved = MetricFamily(
      "kpatrol_findings_resolved",
      .counter,
      "Findings resolved since the start."
    )
    resolved.add(Double(self.resolved))
    var detect = MetricFamily(
      "kpatrol_time_to_detect_seconds",
      .histogram,
      "From the beginning of a condition until it was a finding, settle window included."
    )
    detect.add(timeToDetect)
    var resolve = MetricFamily(
      "kpatrol_time_to_resolve_seconds",
      .histogram,
      "From the beginning of a condition until its finding was over."
    )
    resolve.add(timeToResolve)
    var watchers = MetricFamily(
      "kpatrol_finding_watches",
      .gauge,
      "Requests that follow the findings now."
    )
    watchers.add(Double(followers))
    return [Self.findings(entries), raised, resolved, detect, resolve, watchers]
      + Self.clusters(statuses) + Self.checks(checks) + Self.process()
  }

  private static func findings(_ entries: [FindingLedger.Entry]) -> MetricFamily {
    struct Group: Hashable { let labels: [String] }
    let teams = Set(entries.map(\.known.team)).sorted()
    let told = Set(teams.prefix(teamLimit))
    var counts: [Group: Int] = [:]
    for entry in entries {
      let finding = entry.known.finding
      let team = told.contains(entry.known.team) ? entry.known.team : "other"
      let labels = [
        finding.cluster, finding.check.description, finding.severity.name,
        finding.check.shape?.rawValue ?? "", team, finding.muting == nil ? "false" : "true",
      ]
      counts[Group(labels: labels), default: 0] += 1
    }
    var family = MetricFamily("kpatrol_findings", .gauge, "Findings that there are now.")
    let names = ["cluster", "check", "severity", "shape", "team", "muted"]
    for (group, count) in counts.sorted(by: {
      $0.key.labels.lexicographicallyPrecedes($1.key.labels)
    }) {
      family.samples.append(
        .init(labels: zip(names, group.labels).map { ($0, $1) }, value: Double(count))
      )
    }
    return family
  }

  private static func clusters(_ statuses: [ClusterStatus]) -> [MetricFamily] {
    typealias Row = (MetricFamily, (ClusterStatus) -> Double?)
    let rows: [Row] = [
      (
        MetricFamily("kpatrol_cluster_up", .gauge, "Whether the cluster's streams are followed."),
        { $0.connection == .watching ? 1 : 0 }
      ),
      (
        MetricFamily("kpatrol_cluster_objects", .gauge, "Objects in the graph."),
        { Double($0.objectCount) }
      ),
      (
        MetricFamily("kpatrol_cluster_kinds", .gauge, "Kinds that are followed."),
        { Double($0.kindsTotal) }
      ),
      (
        MetricFamily("kpatrol_cluster_kinds_synced", .gauge, "Kinds that are listed and watched."),
        { Double($0.kindsSynced) }
      ),
      (
        MetricFamily("kpatrol_cluster_kinds_not_inspected", .gauge, "Kinds that cannot be seen."),
        { Double($0.notInspected.count) }
      ),
      (
        MetricFamily("kpatrol_events", .counter, "Objects and events that came."),
        { Double($0.eventCount) }
      ),
      (
        MetricFamily("kpatrol_inspection_lag_seconds", .gauge, "How far findings are behind."),
        { $0.lag.seconds }
      ),
      (
        MetricFamily("kpatrol_suspects", .gauge, "Conditions that have not settled yet."),
        { Double($0.suspectCount) }
      ),
      (
        MetricFamily("kpatrol_watch_resumes", .counter, "Broken watches that went on."),
        { Double($0.resumes) }
      ),
      (
        MetricFamily("kpatrol_relists", .counter, "Kinds that had to be listed again."),
        { Double($0.relists) }
      ),
      (
        MetricFamily(
          "kpatrol_self_audit_differences",
          .counter,
          "Objects that turned out to differ from the server's."
        ),
        { Double($0.differencesFound) }
      ),
      (
        MetricFamily("kpatrol_api_requests", .counter, "Requests to the API server."),
        { Double($0.requests.requests) }
      ),
      (
        MetricFamily("kpatrol_api_failures", .counter, "Those of them that failed."),
        { Double($0.requests.failures) }
      ),
      (
        MetricFamily("kpatrol_api_throttled", .counter, "Answers that asked to be spared."),
        { Double($0.requests.throttled) }
      ),
      (
        MetricFamily("kpatrol_api_received_bytes", .counter, "Bytes of all answers."),
        { Double($0.requests.bytesReceived) }
      ),
      (
        MetricFamily("kpatrol_api_latency_median_seconds", .gauge, "Of the last requests."),
        { $0.requests.medianLatency?.seconds }
      ),
      (
        MetricFamily("kpatrol_api_latency_99_seconds", .gauge, "Of the last requests."),
        { $0.requests.latency99?.seconds }
      ),
      (
        MetricFamily("kpatrol_heals_under_way", .gauge, "Plans of which steps may be sent."),
        { Double($0.healsUnderWay) }
      ),
      (
        MetricFamily("kpatrol_heal_queue", .gauge, "Plans that wait to be confirmed."),
        { Double($0.queuedPlans) }
      ),
    ]
    return rows.map { family, value in
      var family = family
      for status in statuses {
        if let value = value(status) { family.add(value, ("cluster", status.name)) }
      }
      return family
    }
  }

  private static func checks(_ rows: [CataloguePage.Row]) -> [MetricFamily] {
    var runs = MetricFamily("kpatrol_check_runs", .counter, "How often a check was run.")
    var times = MetricFamily(
      "kpatrol_check_run_seconds",
      .counter,
      "Time that a check's runs took."
    )
    for row in rows where row.cost.runs > 0 {
      runs.add(Double(row.cost.runs), ("check", row.id.description))
      times.add(row.cost.duration.seconds, ("check", row.id.description))
    }
    return [runs, times]
  }

  private static func process() -> [MetricFamily] {
    let resources = ProcessResources.now()
    var cpu = MetricFamily("process_cpu_seconds", .counter, "Processor time of all threads.")
    cpu.add(resources.cpuSeconds)
    var memory = MetricFamily("process_resident_memory_bytes", .gauge, "What is resident.")
    memory.add(Double(resources.residentBytes))
    return [cpu, memory]
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
