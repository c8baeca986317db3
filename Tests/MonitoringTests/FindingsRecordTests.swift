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
}
