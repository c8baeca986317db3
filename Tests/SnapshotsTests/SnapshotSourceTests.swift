import Checks
import Foundation
import Inspection
import KubernetesObjects
import Monitoring
import TestServers
import Testing

@testable import Snapshots

/// What a fleet finds in a snapshot.
@Suite(.fewAtOnce) struct SnapshotSourceTests {
  private static let lost = """
    apiVersion: v1
    kind: Pod
    metadata: {name: lost, namespace: shop, creationTimestamp: "2026-11-20T10:00:00Z"}
    spec: {nodeName: node-9}
    status: {phase: Running}
    """
  private static let node = """
    ---
    apiVersion: v1
    kind: Node
    metadata: {name: node-1, creationTimestamp: "2026-11-20T11:00:00Z"}
    """

  private func report(
    _ text: String,
    isComplete: Bool = false,
    at time: Timestamp? = nil
  ) async throws -> [ReportedFinding] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "kpatrol-\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = SnapshotSource(try Snapshot(at: file.path), isComplete: isComplete, at: time)
    let fleet = Fleet(
      [source],
      options: MonitorOptions(
        checks: Catalogue.checks.filter { $0.id == "dangling/pod-node" },
        settlePolicy: .singleLook
      )
    )
    let patrol = Task { await fleet.run() }
    let outcomes = await fleet.sync(within: .seconds(600), connectLimit: .seconds(600)) { _ in }
    #expect(outcomes.values.allSatisfy { $0 == .synced })
    let report = await fleet.report()
    patrol.cancel()
    await patrol.value
    return report
  }

  @Test func itsOwnTimestampsDecideWhatHasLastedLongEnough() async throws {
    let report = try await report(Self.lost + "\n" + Self.node)
    #expect(report.map(\.finding.message.count) != [])
    #expect(report.map(\.isSuspect) == [false])
    let early = try #require(Timestamp(rfc3339: "2026-11-20T10:00:30Z"))
    let before = try await self.report(Self.lost + "\n" + Self.node, at: early)
    #expect(before.map(\.isSuspect) == [true])
  }

  @Test func whatASnapshotLeavesOutIsUnknownUnlessItIsComplete() async throws {
    #expect(try await report(Self.lost).isEmpty)
    #expect(try await report(Self.lost, isComplete: true).count == 1)
  }
}
