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
    at time: Timestamp? = nil,
    of check: CheckID = "dangling/pod-node"
  ) async throws -> [ReportedFinding] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "kpatrol-\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = SnapshotSource(try Snapshot(at: file.path), isComplete: isComplete, at: time)
    let fleet = Fleet(
      [source],
      options: MonitorOptions(
        checks: Catalogue.checks.filter { $0.id == check },
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

  @Test func leasesThatWereReadBeforeTheRestAreNoneThatNobodyRenews() async throws {
    func node(_ name: String, renewedAt time: String) -> String {
      """
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: \(name), creationTimestamp: "2026-11-01T10:00:00Z"}
      ---
      apiVersion: coordination.k8s.io/v1
      kind: Lease
      metadata: {name: \(name), namespace: kube-node-lease}
      spec: {holderIdentity: \(name), leaseDurationSeconds: 40, renewTime: "\(time)"}

      """
    }
    // All else was written five minutes later.
    let dump =
      node("node-1", renewedAt: "2026-11-20T09:55:00.000000Z")
      + node("node-2", renewedAt: "2026-11-20T09:54:52.000000Z")
      + node("node-3", renewedAt: "2026-11-20T09:53:00.000000Z") + "---\n" + Self.lost
    let report = try await report(dump, of: "unhealthy/node-silent")
    #expect(report.map(\.finding.subject.name) == ["node-3"])
  }

  @Test func whatASnapshotLeavesOutIsUnknownUnlessItIsComplete() async throws {
    #expect(try await report(Self.lost).isEmpty)
    #expect(try await report(Self.lost, isComplete: true).count == 1)
  }
}
