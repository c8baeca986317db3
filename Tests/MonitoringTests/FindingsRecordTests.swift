import Inspection
import KubernetesObjects
import Testing

@testable import Monitoring

@Suite struct FindingsRecordTests {
  private static let finding = Finding(
    id: FindingID(
      cluster: "test",
      check: "stuck/x",
      subject: .object(ObjectKey(Pod.kind, namespace: "shop", name: "p")),
      discriminator: ""
    ),
    cluster: "test",
    check: "stuck/x",
    severity: .warning,
    subject: .object(ObjectKey(Pod.kind, namespace: "shop", name: "p")),
    message: "",
    evidence: [],
    related: [],
    remedies: [],
    since: Timestamp(millisecondsSince1970: 0)
  )

  private static func delta(raised: [Finding] = [], resolved: [Finding] = []) -> FindingsDelta {
    var delta = FindingsDelta()
    (delta.raised, delta.resolved) = (raised, resolved)
    return delta
  }

  private let resolved = delta(resolved: [finding])

  @Test func whatEndsIsWrittenDown() {
    var record = FindingsRecord()
    #expect(record.take(resolved, unknown: [], blind: []) == resolved)
  }

  @Test(
    "What can no longer be seen is not over",
    arguments: [([Pod.kind], []), ([], ["stuck/x"])] as [(Set<ObjectKind>, Set<CheckID>)]
  )
  func unseen(unknown: Set<ObjectKind>, blind: Set<CheckID>) {
    var record = FindingsRecord()
    #expect(record.take(resolved, unknown: unknown, blind: blind).isEmpty)
    // Once it can be seen again, and is not there, it is.
    #expect(record.take(FindingsDelta(), unknown: [], blind: []) == resolved)
    #expect(record.take(FindingsDelta(), unknown: [], blind: []).isEmpty)
  }

  @Test func whatIsSeenAgainHasNotEnded() {
    var record = FindingsRecord()
    #expect(record.take(resolved, unknown: [Pod.kind], blind: []).isEmpty)
    let raised = Self.delta(raised: [Self.finding])
    #expect(record.take(raised, unknown: [], blind: []) == raised)
    #expect(record.take(FindingsDelta(), unknown: [], blind: []).isEmpty)
  }

  @Test func whatHadToSettleAgainIsOverOnceItHoldsNoLonger() {
    var record = FindingsRecord()
    let now = Timestamp(millisecondsSince1970: 0)
    record.noteChange(at: now)
    #expect(record.nextLook == nil, "Nothing is waited for.")
    record.begin(settlingAgain: [Self.finding])
    record.noteChange(at: now)
    record.noteChange(at: now + .seconds(5))
    #expect(record.nextLook == now + .seconds(10) && !record.isDue(at: now))
    #expect(record.isDue(at: now + .seconds(10)) && record.nextLook == nil)
    #expect(record.ended(unknown: [], blind: []) { _ in true } == [])
    #expect(record.ended(unknown: [Pod.kind], blind: []) { _ in false } == [], "Nobody can see it.")
    #expect(record.ended(unknown: [], blind: ["stuck/x"]) { _ in false } == [])
    #expect(record.ended(unknown: [], blind: []) { _ in false } == [Self.finding.id])
    #expect(record.ended(unknown: [], blind: []) { _ in false } == [], "It is told once.")
  }

  @Test func whatAChecksSightBringsHasToSettleAgain() {
    var record = FindingsRecord()
    record.begin(settlingAgain: [], blind: ["stuck/x", "stuck/y"])
    record.noteSight(of: ["stuck/x"], settlingAgain: [Self.finding])
    #expect(record.blindAtFirst == ["stuck/y"])
    #expect(record.ended(unknown: [], blind: []) { _ in false } == [Self.finding.id])
  }

  @Test func theNextLookIsTheEarliestThatIsWanted() {
    var record = FindingsRecord()
    let now = Timestamp(millisecondsSince1970: 0)
    record.look(by: now + .seconds(60))
    record.look(by: now + .seconds(30))
    record.look(by: now + .seconds(90))
    #expect(record.nextLook == now + .seconds(30))
  }

  @Test func whatSettledIsNotFoundOver() {
    var record = FindingsRecord()
    record.begin(settlingAgain: [Self.finding])
    _ = record.take(Self.delta(raised: [Self.finding]), unknown: [], blind: [])
    #expect(record.ended(unknown: [], blind: []) { _ in false } == [])
  }
}
