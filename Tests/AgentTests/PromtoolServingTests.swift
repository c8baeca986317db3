import Foundation
import HTTP
import TestServers
import Testing

@testable import Agent

/// What Prometheus' own tool says of metrics, alert rules and their tests.
@Suite(.fewAtOnce) struct PromtoolServingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Brings promtool, where it is not there.
  private static let promtool = Result {
    let setUp = try run(root.appending(path: "Scripts/set-up-promtool"), [])
    try #require(setUp.status == 0, "\(setUp.output)")
    return root.appending(path: ".build/promtool/promtool")
  }

  private static func run(
    _ executable: URL,
    _ arguments: [String],
    input: String = ""
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = root.appending(path: "deploy/prometheus")
    let (given, told) = (Pipe(), Pipe())
    process.standardInput = given
    process.standardOutput = told
    process.standardError = told
    try process.run()
    try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try given.fileHandleForWriting.close()
    let output = try told.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func promtool(_ arguments: String..., input: String = "") throws {
    let outcome = try Self.run(Self.promtool.get(), arguments, input: input)
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func alertRulesAreRules() throws { try promtool("check", "rules", "alerts.yaml") }

  @Test func alertsFireWhenTheyShould() throws { try promtool("test", "rules", "alerts.test.yaml") }

  @Test func metricsAreMetrics() async throws {
    try await AgentServingTests.withAgent { run in
      try run.create("bad-1", "good")
      let isThere = try await eventually {
        String(decoding: try await run.get("/metrics").body, as: UTF8.self)
          .contains(#"check="risk/bad-map""#)
      }
      #expect(isThere)
      let text = String(decoding: try await run.get("/metrics").body, as: UTF8.self)
      #expect(text.contains("\nkpatrol_time_to_detect_seconds_bucket{"))
      try promtool("check", "metrics", input: text)
    }
  }
}
