import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// Finds Leases that were not renewed for 40 seconds; over after ten minutes, worse after one.
private struct Silent: Check {
  let id: CheckID = "unhealthy/test"
  let title = "Silent"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Lease.kind]
  let explanation = ""

  func inspect(_ lease: Lease, in cluster: ClusterView) -> [Observation] {
    guard let sign = lease.lastSign else { return [] }
    return [
      Observation(
        "silent",
        beginning: .from(sign + .seconds(40)),
        end: sign + .seconds(600),
        escalation: Observation.Escalation(at: sign + .seconds(60), to: .critical)
      )
    ]
  }
}

/// Conditions that time alone begins, makes worse and ends.
@Suite struct TimedObservationTests {
  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: [Silent()])

  private mutating func renew(at seconds: Int) -> FindingsDelta {
    var touched: HandleSet = []
    let time = Timestamp.noon + .seconds(seconds)
    graph.time = time
    graph.upsert(ObjectSnapshot(Lease.sample(renewed: time)), touching: &touched)
    return inspector.inspect(touched, in: graph, at: time, watchedFromStart: true)
  }

  private mutating func advance(to seconds: Int) -> FindingsDelta {
    inspector.advance(to: .noon + .seconds(seconds), in: graph)
  }

  @Test mutating func whatIsToComeIsNoSuspect() {
    #expect(renew(at: 0).isEmpty)
    #expect(inspector.suspects.isEmpty && inspector.findings.isEmpty)
    #expect(inspector.nextDeadline == .noon + .seconds(40))
  }

  @Test mutating func aRenewalThatWakesNobodyIsSeenWhenItsTimeHasCome() {
    _ = renew(at: 0)
    let runs = inspector.checksRun
    _ = renew(at: 10)
    #expect(inspector.checksRun == runs)
    #expect(advance(to: 40).isEmpty)
    #expect(inspector.nextDeadline == .noon + .seconds(50))
  }

  @Test mutating func silenceIsAFindingAndGetsWorse() {
    _ = renew(at: 0)
    let raised = advance(to: 40).raised
    #expect(raised.map(\.severity) == [.warning])
    #expect(raised.map(\.since) == [.noon + .seconds(40)])
    #expect(advance(to: 60).changed.map(\.severity) == [.critical])
  }

  @Test mutating func aReturnAfterSilenceResolvesTheFindingAtOnce() {
    _ = renew(at: 0)
    _ = advance(to: 45)
    #expect(renew(at: 47).resolved.count == 1)
    #expect(inspector.findings.isEmpty && inspector.suspects.isEmpty)
    #expect(advance(to: 87).raised.count == 1)
  }

  @Test mutating func aConditionThatIsOverByItselfIsResolved() {
    _ = renew(at: 0)
    _ = advance(to: 45)
    #expect(advance(to: 599).resolved.isEmpty)
    #expect(advance(to: 600).resolved.count == 1)
    #expect(inspector.findings.isEmpty)
  }

  @Test mutating func whatIsAlreadyOverIsNeverSeen() {
    _ = renew(at: 0)
    var late = Inspector(cluster: "test", checks: [Silent()])
    let time = Timestamp.noon + .seconds(700)
    let delta = late.inspect(graph.allHandles, in: graph, at: time, watchedFromStart: false)
    #expect(delta.isEmpty && late.suspects.isEmpty)
  }
}
