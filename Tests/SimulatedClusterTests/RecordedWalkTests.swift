import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

/// Sends every recorded request to a server of ours with the recorded world, and compares the answers' structure.
@Suite struct RecordedWalkTests {
  static let numbers = (1...100).map { String(format: "%03d", $0) }

  /// Shows what the walk has just begun to delete, with what a real server notes of that.
  private static let deleted: Set = ["098"]

  /// Headers that are compared by value, and those that only have to be there.
  private static let sameHeaders = [
    "Cache-Control", "Content-Type", "Vary", "Warning", "X-Content-Type-Options",
  ]
  private static let presentHeaders = [
    "Etag", "Retry-After", "X-Kubernetes-Pf-Flowschema-Uid", "X-Kubernetes-Pf-Prioritylevel-Uid",
  ]

  @Test("An answer has the recorded status, headers and structure", arguments: numbers)
  func exchange(number: String) async throws {
    let recording = try Recording(number)
    let cluster = try RecordedCluster()
    let answer = try await cluster.answer(number, recording)
    var differences: [String] = []
    if answer.status != recording.status {
      differences.append("status: \(answer.status) instead of \(recording.status)")
    }
    differences += Self.headers(answer, recording)
    if recording.contentType.hasPrefix("application/json"), answer.status == recording.status {
      differences += try structure(number, answer, recording)
    }
    #expect(differences.isEmpty, "\(recording.method) \(recording.target): \(differences)")
  }

  /// What was recorded to be the world of others, and not to be asked for again.
  private static let worlds: Set = ["244", "245"]

  @Test func everyRecordedRequestIsSentByOneOfTheWalks() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "RecordedTraffic")
    let recorded = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".http") }.map { String($0.prefix { $0 != "-" }) }
    #expect(recorded.count > 100)
    #expect(
      Set(recorded).subtracting(Self.worlds) == Set(Self.numbers + ProtobufWalkTests.numbers)
    )
  }

  /// Where the headers differ that matter to clients.
  static func headers(_ answer: TestServer.Answer, _ recording: Recording) -> [String] {
    var differences: [String] = []
    for name in sameHeaders where answer.headers[name] != recording.fields[name] {
      let found = answer.headers[name] ?? "none"
      differences.append("\(name): \(found) instead of \(recording.fields[name] ?? "none")")
    }
    for name in presentHeaders
    where (answer.headers[name] == nil) != (recording.fields[name] == nil) {
      differences.append("\(name): \(answer.headers[name] ?? "missing")")
    }
    // The recordings leave it out as it is different each time.
    if answer.headers["Audit-Id"] == nil { differences.append("Audit-Id: missing") }
    return differences
  }

  private func structure(
    _ number: String,
    _ answer: TestServer.Answer,
    _ recording: Recording
  ) throws -> [String] {
    if recording.target.contains("watch="), recording.status == 200 {
      let own = JSONValue.array(try answer.lines())
      return Differences(own, .array(try recording.lines)).texts
    }
    let isDiscovery = recording.answer.contains("\"kind\":\"API")
    return Differences(
      try answer.json(),
      try recording.json,
      isPartial: isDiscovery,
      isWritten: !["GET", "DELETE"].contains(recording.method) || Self.deleted.contains(number)
    ).texts
  }
}
