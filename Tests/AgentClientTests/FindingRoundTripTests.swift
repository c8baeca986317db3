import Checks
import Foundation
import Snapshots
import Testing
import WireFormats

@testable import Agent
@testable import AgentClient
@testable import ClusterGraph
@testable import Inspection
@testable import KubernetesObjects
@testable import Monitoring

/// What an agent tells of a finding is all of it.
@Suite struct FindingRoundTripTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FaultyManifests").path

  private func attached(_ known: KnownFinding) throws -> AttachedFinding {
    let document = FindingDocument.value(of: known, FindingVersion(instance: "a", number: 1))
    var reader = FindingReader()
    return try reader.finding(try JSONValue(parsing: document.encoded()))
  }

  private func expectEqual(_ told: AttachedFinding, _ known: KnownFinding) {
    #expect(told.finding == known.finding)
    #expect(told.team == known.team && told.layer == known.layer && told.title == known.title)
    #expect(told.node == known.node && told.owner == known.owner)
    #expect(told.labels == known.labels && told.bytes == known.bytes)
    #expect(Set(told.absent) == Set(known.absent) && told.cause == known.cause)
    #expect(told.ends == known.ends)
  }

  @Test(.timeLimit(.minutes(10))) func everyFaultIsTheSameOnTheOtherSide() async throws {
    let snapshot = try Snapshot(at: Self.folder)
    var options = MonitorOptions(checks: Catalogue.checks, settlePolicy: .singleLook)
    // All of it, and as one who might share it with others.
    options.coverage = Coverage(of: 2, holding: [0, 1])
    let fleet = Fleet(
      [
        SnapshotSource(
          snapshot,
          isComplete: true,
          at: Timestamp(rfc3339: "2026-11-25T12:00:00Z")
        )
      ],
      options: options
    )
    let patrol = Task { await fleet.run() }
    _ = await fleet.sync(within: .seconds(600), connectLimit: .seconds(600)) { _ in }
    let news = await fleet.newsOfFindings()
    patrol.cancel()
    await patrol.value
    #expect(news.changed.count > 100)
    #expect(news.changed.contains { $0.cause != nil })
    #expect(news.changed.contains { $0.ends != nil })
    #expect(news.changed.contains { $0.finding.likeness != nil })
    #expect(news.changed.contains { $0.finding.subject.objectKey == nil })
    #expect(news.changed.contains { !$0.absent.isEmpty })
    for known in news.changed { expectEqual(try attached(known), known) }
  }

  @Test func whatIsSeldomSoIsToldToo() throws {
    let subject = VertexID.shared(.hostPort, "node-1 80/TCP")
    var finding = Finding(
      id: FindingID(cluster: "c", check: "a/b", subject: subject, discriminator: "x"),
      cluster: "c",
      check: "a/b",
      severity: .info,
      subject: subject,
      message: "tab\tand\nline, and \u{1b}[2J",
      evidence: [Evidence(.object(ObjectKey(Pod.kind, name: "p")), "a.b", "")],
      related: [.object(ObjectKey(ObjectKind("Image", group: "image.openshift.io"), name: "i"))],
      remedies: ["cordon-node"],
      since: Timestamp(millisecondsSince1970: 1_700_000_000_123),
      mayBeYounger: true,
      likeness: Likeness("alike", isOfCluster: true)
    )
    finding.severityOfTeam = .critical
    finding.awaySince = Timestamp(millisecondsSince1970: 1_700_000_000_456)
    finding.muting = Muting(
      reason: "known",
      until: Timestamp(millisecondsSince1970: 1_800_000_000_789),
      author: "ann"
    )
    var facets = FindingFacets()
    facets.labels = Labels(["app": "web", "empty": ""])
    facets.bytes = 7
    let known = KnownFinding(
      ReportedFinding(finding),
      ListedFinding(finding, facets: facets),
      title: "Title",
      cause: finding.id
    )
    expectEqual(try attached(known), known)
  }
}
