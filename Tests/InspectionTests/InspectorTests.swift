import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// Finds Nodes that are not ready, after ten seconds.
private struct NotReady: Check {
  let id: CheckID = "unhealthy/test"
  let title = "Not ready"
  let severity = Severity.warning
  let settles = Duration.seconds(10)
  let needs = [Node.kind]
  let explanation = ""
  var beginning = Observation.Beginning.whenSeen

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard node.ready?.status != .isTrue else { return [] }
    return [Observation("not ready \(node.ready?.reason ?? "")", beginning: beginning)]
  }
}

@Suite struct InspectorTests {
  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: [NotReady()])

  private mutating func apply(
    _ node: Node,
    after seconds: Int = 0,
    watchedFromStart: Bool = true
  ) -> FindingsDelta {
    var touched: HandleSet = []
    graph.upsert(ObjectSnapshot(node), touching: &touched)
    return inspector.inspect(
      touched,
      in: graph,
      at: .noon + .seconds(seconds),
      watchedFromStart: watchedFromStart
    )
  }

  @Test mutating func aConditionIsASuspectUntilItsWindowHasPassed() {
    #expect(apply(.sample(ready: .isFalse)).isEmpty)
    #expect((inspector.suspects.count, inspector.suspectCount) == (1, 1))
    #expect(inspector.suspectCounts == ["unhealthy/test": 1])
    #expect(inspector.nextDeadline == .noon + .seconds(10))
    #expect(inspector.advance(to: .noon + .seconds(9), in: graph).isEmpty)
    #expect(inspector.advance(to: .noon + .seconds(10), in: graph).raised.count == 1)
    #expect(inspector.suspects.isEmpty && inspector.suspectCount == 0)
    #expect(inspector.nextDeadline == nil)
  }

  @Test mutating func aTimeThatIsOnlyALimitIsMarkedAndStillOpensTheWindow() {
    inspector = Inspector(cluster: "test", checks: [NotReady(beginning: .notBefore(.noon))])
    let atStart = apply(.sample(ready: .isFalse), after: 3600, watchedFromStart: false)
    #expect(atStart.raised.map(\.since) == [.noon])
    #expect(atStart.raised.map(\.mayBeYounger) == [true])
    let changed = apply(.sample(ready: .isFalse, reason: "x"), after: 3700)
    #expect(changed.changed.map(\.mayBeYounger) == [true])
    _ = apply(.sample(ready: .isTrue), after: 3800)
    _ = apply(.sample(ready: .isFalse), after: 3900)
    let again = inspector.advance(to: .noon + .seconds(3910), in: graph)
    #expect(again.raised.map(\.mayBeYounger) == [false])
  }

  @Test mutating func aConditionThatEndsInTimeIsNeverAFinding() {
    _ = apply(.sample(ready: .isFalse))
    #expect(apply(.sample(ready: .isTrue), after: 5).isEmpty)
    #expect(inspector.advance(to: .noon + .seconds(60), in: graph).isEmpty)
  }

  @Test mutating func aConditionThatEndsAndBeginsAgainWaitsAnew() {
    _ = apply(.sample(ready: .isFalse))
    _ = apply(.sample(ready: .isTrue), after: 5)
    _ = apply(.sample(ready: .isFalse), after: 6)
    #expect(inspector.advance(to: .noon + .seconds(15), in: graph).isEmpty)
    #expect(inspector.advance(to: .noon + .seconds(16), in: graph).raised.count == 1)
  }

  @Test mutating func aFindingIsResolvedWhenItsConditionEnds() {
    _ = apply(.sample(ready: .isFalse))
    let raised = inspector.advance(to: .noon + .seconds(10), in: graph).raised
    #expect(apply(.sample(ready: .isTrue), after: 20).resolved == raised)
    #expect(inspector.findings.isEmpty)
  }

  @Test mutating func aFindingIsResolvedWhenItsSubjectIsGone() {
    _ = apply(.sample(ready: .isFalse))
    _ = inspector.advance(to: .noon + .seconds(10), in: graph)
    var touched: HandleSet = []
    graph.remove(Node.sample().key, touching: &touched)
    let delta = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    #expect(delta.resolved.count == 1)
  }

  @Test mutating func aFindingChangesWithItsEvidence() {
    _ = apply(.sample(ready: .isFalse, reason: "A"))
    _ = inspector.advance(to: .noon + .seconds(10), in: graph)
    let delta = apply(.sample(ready: .isFalse, reason: "B"), after: 20)
    #expect(delta.changed.map(\.message) == ["not ready B"])
    #expect(delta.changed.map(\.since) == [.noon])
  }

  @Test mutating func aConditionThatKeepsComingBackIsNotAnnouncedEachTime() {
    var raised = 0
    var resolved = 0
    for round in 0..<6 {
      _ = apply(.sample(ready: .isFalse), after: round * 60)
      raised += inspector.advance(to: .noon + .seconds(round * 60 + 20), in: graph).raised.count
      let delta = apply(.sample(ready: .isTrue), after: round * 60 + 30)
      resolved += delta.resolved.count
      if round == 2 { #expect(delta.changed.first?.awaySince == .noon + .seconds(150)) }
    }
    #expect(raised == 3 && resolved == 2)
    #expect(inspector.findings.first?.awaySince == .noon + .seconds(330))
    #expect(inspector.advance(to: .noon + .seconds(629), in: graph).isEmpty)
    #expect(inspector.advance(to: .noon + .seconds(630), in: graph).resolved.count == 1)
    #expect(inspector.findings.isEmpty && inspector.nextDeadline == nil)
  }

  @Test mutating func aFlappingObjectThatGoesTakesItsFindingAlong() {
    for round in 0..<3 {
      _ = apply(.sample(ready: .isFalse), after: round * 60)
      _ = inspector.advance(to: .noon + .seconds(round * 60 + 20), in: graph)
      _ = apply(.sample(ready: .isTrue), after: round * 60 + 30)
    }
    _ = apply(.sample(ready: .isFalse), after: 200)
    var touched: HandleSet = []
    graph.remove(Node.sample().key, touching: &touched)
    let delta = inspector.inspect(
      touched,
      in: graph,
      at: .noon + .seconds(210),
      watchedFromStart: true
    )
    #expect(delta.resolved.count == 1 && inspector.findings.isEmpty)
  }

  @Test mutating func whatACheckCostsIsCounted() {
    for second in 0..<20 {
      _ = apply(.sample(ready: second.isMultiple(of: 2) ? .isFalse : .isTrue), after: second)
    }
    let cost = inspector.costs["unhealthy/test"]
    #expect(cost?.runs == 20 && cost?.observations == 10)
    #expect(cost?.meanDuration != nil)
    guard var sum = cost else { return }
    sum.add(sum)
    #expect(sum.runs == 40 && sum.observations == 20 && sum.meanDuration == cost?.meanDuration)
    #expect(sum.duration > cost?.duration ?? .zero)
  }

  @Test mutating func anObjectThatIsCreatedAgainBeginsAnew() {
    _ = apply(.sample(uid: "1", ready: .isFalse))
    _ = inspector.advance(to: .noon + .seconds(10), in: graph)
    let delta = apply(.sample(uid: "2", ready: .isFalse), after: 20)
    #expect(delta.resolved.count == 1)
    #expect((inspector.suspects.count, inspector.suspectCount) == (1, 1))
  }

  @Test(
    "An object's own time counts, unless the condition was seen to begin",
    arguments: [
      (Observation.Beginning.at(.noon - .seconds(60)), true, true),
      (.at(.noon - .seconds(60)), false, true),
      (.notBefore(.noon - .seconds(60)), true, false),
      (.notBefore(.noon - .seconds(60)), false, true),
      (.notBefore(nil), false, false),
      (.whenSeen, false, false),
    ]
  )
  mutating func beginning(
    beginning: Observation.Beginning,
    watchedFromStart: Bool,
    isRaisedAtOnce: Bool
  ) {
    inspector = Inspector(cluster: "test", checks: [NotReady(beginning: beginning)])
    let delta = apply(.sample(ready: .isFalse), watchedFromStart: watchedFromStart)
    #expect(delta.raised.isEmpty == !isRaisedAtOnce)
  }

  @Test mutating func aPolicyShortensWindows() {
    inspector = Inspector(
      cluster: "test",
      checks: [NotReady()],
      policy: .atMost(.seconds(2))
    )
    _ = apply(.sample(ready: .isFalse))
    #expect(inspector.nextDeadline == .noon + .seconds(2))
  }

  @Test(
    "Whether one look shows something is the condition's affair",
    arguments: [
      (Observation.Beginning.whenSeen, 0, true), (.whenSeen, 5, false),
      (.whenSeenTwice, 0, false), (.whenSeenTwice, 5, false), (.notBefore(nil), 0, false),
      (.at(.noon - .seconds(9)), 0, false), (.at(.noon - .seconds(10)), 0, true),
    ]
  )
  mutating func aScanLooks(beginning: Observation.Beginning, length: Int, isFoundAtOnce: Bool) {
    inspector = Inspector(
      cluster: "test",
      checks: [NotReady(beginning: beginning)],
      policy: .watch(.seconds(length))
    )
    _ = apply(.sample(ready: .isFalse), watchedFromStart: false)
    _ = inspector.advance(to: .noon, in: graph)
    #expect(inspector.findings.isEmpty != isFoundAtOnce)
    guard length > 0 else { return }
    // What was seen for as long as the scan takes is a finding, however long its window is.
    #expect(inspector.nextDeadline == .noon + .seconds(length))
  }

  @Test mutating func settingsOverrideSeverityAndWindow() {
    let settings = CheckSettings([
      "unhealthy/test": .init(severity: .info, settles: .seconds(90)), "risk/x": .init(),
    ])
    inspector = Inspector(cluster: "test", checks: [NotReady()], settings: settings)
    _ = apply(.sample(ready: .isFalse))
    #expect(inspector.advance(to: .noon + .seconds(89), in: graph).isEmpty)
    let delta = inspector.advance(to: .noon + .seconds(90), in: graph)
    #expect(delta.raised.map(\.severity) == [.info])
  }

  @Test mutating func aPolicyShortensTheWindowThatSettingsSay() {
    inspector = Inspector(
      cluster: "test",
      checks: [NotReady()],
      settings: CheckSettings(["unhealthy/test": .init(settles: .seconds(1))]),
      policy: .atMost(.seconds(2))
    )
    _ = apply(.sample(ready: .isFalse))
    #expect(inspector.nextDeadline == .noon + .seconds(1))
  }

  @Test mutating func aCheckThatIsSwitchedOffIsNotRun() {
    let settings = CheckSettings(["unhealthy/test": .init(isEnabled: false)])
    inspector = Inspector(cluster: "test", checks: [NotReady()], settings: settings)
    _ = apply(.sample(ready: .isFalse))
    #expect(inspector.suspects.isEmpty && inspector.suspectCount == 0)
    #expect(inspector.checksRun == 0)
  }

  @Test mutating func aHeartbeatRunsNoCheck() {
    _ = apply(.sample())
    let before = inspector.checksRun
    _ = apply(.sample())
    #expect(inspector.checksRun == before)
  }

  @Test func anIDDependsOnClusterCheckSubjectAndDiscriminatorAlone() {
    let id = { (cluster: String, check: CheckID, name: String, discriminator: String) in
      FindingID(
        cluster: cluster,
        check: check,
        subject: .object(ObjectKey(Pod.kind, namespace: "shop", name: name)),
        discriminator: discriminator
      )
    }
    let ids = [
      id("a", "x/y", "p", ""), id("b", "x/y", "p", ""), id("a", "x/z", "p", ""),
      id("a", "x/y", "q", ""), id("a", "x/y", "p", "d"),
    ]
    #expect(Set(ids).count == ids.count)
    #expect(ids[0] == id("a", "x/y", "p", ""))
    #expect(ids[0].description.count == 16)
  }
}
