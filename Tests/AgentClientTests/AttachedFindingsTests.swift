import KubernetesObjects
import Testing

@testable import AgentClient
@testable import Inspection
@testable import Monitoring

/// How what several agents tell of one cluster comes together.
@Suite struct AttachedFindingsTests {
  private static let start = Timestamp(millisecondsSince1970: 1_000_000)

  private static func finding(_ name: String) -> AttachedFinding {
    let subject = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: name))
    return AttachedFinding(
      Finding(
        id: FindingID(cluster: "c", check: "stuck/a", subject: subject, discriminator: ""),
        cluster: "c",
        check: "stuck/a",
        severity: .warning,
        subject: subject,
        message: name,
        evidence: [],
        related: [],
        remedies: [],
        since: start
      )
    )
  }

  private static let one = finding("one")
  private static let id = one.finding.id

  private static func told(by agents: Int...) -> AttachedFindings {
    var findings = AttachedFindings()
    for agent in 0..<2 { findings.note(agent, isLive: true) }
    for agent in agents { _ = findings.take([id: .there(one)], of: agent, at: start) }
    return findings
  }

  @Test func whatTheOnlyAgentDropsIsGoneAtOnce() {
    var findings = AttachedFindings()
    findings.note(0, isLive: true)
    _ = findings.take([Self.id: .there(Self.one)], of: 0, at: Self.start)
    #expect(findings[Self.id] != nil)
    _ = findings.take([Self.id: .gone(isMoved: false)], of: 0, at: Self.start)
    #expect(findings[Self.id] == nil && findings.nextDeadline == nil)
  }

  @Test func whatMovesFromOneAgentToAnotherNeverVanishes() {
    var findings = Self.told(by: 0)
    _ = findings.take([Self.id: .gone(isMoved: true)], of: 0, at: Self.start)
    #expect(findings[Self.id] != nil, "Another may take it.")
    _ = findings.expire(at: Self.start + .seconds(30))
    _ = findings.take([Self.id: .there(Self.one)], of: 1, at: Self.start + .seconds(31))
    _ = findings.expire(at: Self.start + .seconds(3600))
    #expect(findings[Self.id] != nil)
    _ = findings.take([Self.id: .gone(isMoved: false)], of: 1, at: Self.start)
    _ = findings.expire(at: Self.start + .seconds(7200))
    #expect(findings[Self.id] == nil)
  }

  @Test func whatNobodyTakesGoesAfterAWhile() {
    var findings = Self.told(by: 0)
    _ = findings.take([Self.id: .gone(isMoved: false)], of: 0, at: Self.start)
    #expect(findings.nextDeadline == Self.start + AttachedFindings.grace)
    #expect(findings.expire(at: Self.start + .seconds(1)).isEmpty && findings[Self.id] != nil)
    #expect(findings.expire(at: Self.start + AttachedFindings.grace) == [Self.id])
    #expect(findings[Self.id] == nil)
  }

  @Test func whatBothTellGoesWithTheLast() {
    var findings = Self.told(by: 0, 1)
    _ = findings.take([Self.id: .gone(isMoved: false)], of: 0, at: Self.start)
    _ = findings.expire(at: Self.start + .seconds(3600))
    #expect(findings[Self.id] != nil)
  }

  @Test func whoSawItGoKnowsMoreThanWhoIsNotThere() {
    var findings = Self.told(by: 0, 1)
    findings.note(0, isLive: false)
    _ = findings.take([Self.id: .gone(isMoved: false)], of: 1, at: Self.start)
    _ = findings.expire(at: Self.start + .seconds(10))
    #expect(findings[Self.id] == nil)
  }

  @Test func whatWasSeenToBeOverIsNotShownThoughAgentsAreBehind() {
    var findings = Self.told(by: 0)
    findings.overrule([Self.id], at: Self.start)
    #expect(findings[Self.id] == nil)
    // Told again, as after a new connection, it is as old as before.
    _ = findings.take([Self.id: .there(Self.one)], of: 0, at: Self.start)
    #expect(findings[Self.id] == nil)
    let later = Self.start + AttachedFindings.overruling
    #expect(findings.expire(at: later) == [Self.id])
    #expect(findings[Self.id] != nil, "An agent that stays with it is believed.")
    findings.note(0, isLive: false)
    findings.overrule([Self.id], at: later)
    _ = findings.expire(at: later + .seconds(3600))
    #expect(findings[Self.id] == nil, "Of one that is not there nothing newer is known.")
  }

  @Test func anAgentThatIsNotThereKeepsItsFindings() {
    var findings = Self.told(by: 0)
    findings.note(0, isLive: false)
    #expect(findings[Self.id] != nil)
    #expect(findings.forget(0) == [Self.id] && findings[Self.id] == nil)
  }
}
