import Inspection
import KubernetesObjects
import Monitoring
import Testing

@testable import Agent

/// Metrics as Prometheus and OpenMetrics have them.
@Suite struct MetricsTextTests {
  private static let families: [MetricFamily] = {
    var events = MetricFamily("kpatrol_events", .counter, "Objects and\nevents that came.")
    events.add(12, ("cluster", "a\"b\\c\nd\u{1B}[31m"))
    var histogram = Histogram(bounds: [1, 2.5])
    for value in [0.5, 1, 2, 9] { histogram.note(value) }
    var times = MetricFamily("kpatrol_time_seconds", .histogram, "How long it took.")
    times.add(histogram)
    return [events, times, MetricFamily("kpatrol_nothing", .gauge, "Has no sample.")]
  }()

  @Test func prometheusNamesCountersWithTheirSuffix() {
    let text = MetricsText(format: MetricsText.Format(accept: nil)).text(of: Self.families)
    #expect(
      text == #"""
        # HELP kpatrol_events_total Objects and\nevents that came.
        # TYPE kpatrol_events_total counter
        kpatrol_events_total{cluster="a\"b\\c\nd�[31m"} 12
        # HELP kpatrol_time_seconds How long it took.
        # TYPE kpatrol_time_seconds histogram
        kpatrol_time_seconds_bucket{le="1"} 2
        kpatrol_time_seconds_bucket{le="2.5"} 3
        kpatrol_time_seconds_bucket{le="+Inf"} 4
        kpatrol_time_seconds_sum 12.5
        kpatrol_time_seconds_count 4

        """#
    )
  }

  @Test func openMetricsNamesFamiliesAndEnds() {
    let accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"
    let format = MetricsText.Format(accept: accept)
    let lines = MetricsText(format: format).text(of: Self.families).split(separator: "\n")
    #expect(lines[1] == "# TYPE kpatrol_events counter")
    #expect(lines[2].hasPrefix("kpatrol_events_total{"))
    #expect(lines.last == "# EOF")
    #expect(format.mediaType.hasPrefix("application/openmetrics-text"))
  }

  @Test func whatWasThereAtTheBeginningIsNotRaised() {
    var metrics = AgentMetrics()
    let noon = Timestamp(millisecondsSince1970: 1_000_000)
    metrics.take(FindingsNews(changed: [.sample(1)]), at: noon + .seconds(90), inspected: [])
    metrics.take(
      FindingsNews(changed: [.sample(1, severity: .critical), .sample(2)]),
      at: noon + .seconds(100),
      inspected: ["one"]
    )
    metrics.take(
      FindingsNews(gone: [.sample(1), .sample(7)]),
      at: noon + .seconds(400),
      inspected: ["one"]
    )
    let text = MetricsText(format: .prometheus).text(of: metrics.families([], [], [], followers: 3))
    let lines = Set(text.split(separator: "\n").map(String.init))
    let expected = [
      "kpatrol_findings_raised_total 1", "kpatrol_findings_resolved_total 1",
      "kpatrol_time_to_detect_seconds_sum 100", "kpatrol_time_to_detect_seconds_count 1",
      "kpatrol_time_to_resolve_seconds_sum 400", "kpatrol_finding_watches 3",
    ]
    for line in expected { #expect(lines.contains(line)) }
  }

  @Test func teamsBeyondTheLimitAreToldTogether() async throws {
    let ledger = FindingLedger(instance: "a")
    let count = AgentMetrics.teamLimit + 3
    await ledger.take(FindingsNews(changed: (1...count).map { .sample($0, team: "team-\($0)") }))
    let entries = await ledger.findings(try FindingsRequest([]).filter).entries
    let text = MetricsText(format: .prometheus)
      .text(of: AgentMetrics().families([], entries, [], followers: 0))
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("kpatrol_findings{") }
    #expect(lines.count == AgentMetrics.teamLimit + 1)
    let others =
      #"kpatrol_findings{cluster="one",check="stuck/terminating",severity="warning","#
      + #"shape="stuck",team="other",muted="false"} 3"#
    #expect(lines.contains { $0 == others })
  }
}
