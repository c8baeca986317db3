import Checks
import Foundation
import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import TestServers
import Testing

@testable import Snapshots

/// A folder of manifests with a fault each, looked at as `kpatrol scan --snapshot` does.
///
/// Each file says what is to be found, a line each: `# Expected: CHECK about KIND NAME`.
@Suite(.fewAtOnce, .timeLimit(.minutes(10))) struct FaultyManifestTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FaultyManifests").path

  private static let noon = Timestamp(rfc3339: "2026-11-25T12:00:00Z")

  /// What the files say, each with the file that says it.
  private static func expected() throws -> [String: String] {
    let mark = "# Expected: "
    var expected: [String: String] = [:]
    for file in try SnapshotFiles(at: folder).paths {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for line in text.split(separator: "\n") where line.hasPrefix(mark) {
        expected[String(line.dropFirst(mark.count))] = file.split(separator: "/").last.map(
          String.init
        )
      }
    }
    return expected
  }

  private func scan(_ snapshot: Snapshot) async -> [ReportedFinding] {
    let fleet = Fleet(
      [SnapshotSource(snapshot, isComplete: true, at: Self.noon)],
      options: MonitorOptions(checks: Catalogue.checks, settlePolicy: .singleLook)
    )
    let patrol = Task { await fleet.run() }
    let outcomes = await fleet.sync(within: .seconds(600), connectLimit: .seconds(600)) { _ in }
    #expect(outcomes.values.allSatisfy { $0 == .synced })
    let report = await fleet.report()
    patrol.cancel()
    await patrol.value
    return report
  }

  @Test func whatTheFilesSayIsFoundAndNothingElse() async throws {
    let snapshot = try Snapshot(at: Self.folder)
    #expect(snapshot.problems == [])
    let expected = try Self.expected()
    #expect(Set(expected.values).count >= 80)
    let findings = await scan(snapshot).filter { !$0.isSuspect }.map(\.finding)
    let found = Set(findings.map(\.text))
    #expect(expected.filter { !found.contains($0.key) } == [:])
    // What could be tidier in files that are about something else is no matter.
    let tidy = Set(Catalogue.checks.filter { $0.profile == .hygiene }.map(\.id))
    let surprises = findings.filter { finding in
      expected[finding.text] == nil
        && (finding.severity < .info || !tidy.contains(finding.check))
    }
    #expect(surprises.map(\.text) == [])
  }

  /// Those that need a history, a server's answers, an inventory, or a second cluster.
  private static let unseenInFiles: Set<CheckID> = [
    "conflict/pod-address-across-clusters", "drift/cmdb-attribute", "drift/cmdb-missing-node",
    "drift/cmdb-retired-node", "drift/cmdb-unregistered-node", "drift/ipam-leaked",
    "drift/ipam-owner", "drift/ipam-unallocated", "drift/own-model",
    "unhealthy/api-server", "unhealthy/metrics-missing", "unhealthy/node-flapping",
    "unhealthy/pod-restarts", "unhealthy/remote-check", "unhealthy/rule-pack", "risk/utilisation",
  ]

  @Test func nearlyEveryCheckHasAFile() throws {
    let expected = try Self.expected().keys
    let missing = Catalogue.checks.map(\.id).filter { id in
      !expected.contains { $0.hasPrefix("\(id) about ") }
    }
    #expect(Set(missing) == Self.unseenInFiles)
  }

  @Test func aKindThatAnyCheckNeedsIsKnownInACompleteSnapshot() async throws {
    let source = SnapshotSource(try Snapshot(at: Self.folder), isComplete: true)
    let kinds = Set(try await source.discover().resources.map(\.kind))
    for check in Catalogue.checks {
      // What KPatrol itself makes of other sources no snapshot tells.
      let needs = check.needs.filter { !ObjectKind.own.contains($0) }
      #expect(needs.filter { !kinds.contains($0) } == [], "\(check.id)")
    }
  }
}

extension Finding {
  /// As the files say it.
  fileprivate var text: String { "\(check) about \(subject.kindName) \(subject.name)" }
}
