import Foundation
import TestServers
import Testing

/// The real program without a terminal.
@Suite(.fewAtOnce, .timeLimit(.minutes(10)))
struct ProgramTests {
  private let program: Program

  init() throws { program = try Program() }

  private func write(_ text: String) throws -> String {
    let path = program.path(of: "kubeconfig.yaml")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test(
    "A kubeconfig that cannot be read is told with its place and exit code 2",
    arguments: [
      ("contexts: {", ":2:", "not valid YAML"),
      ("contexts:\n- name: 1\n  context: []", ":3:", "context"),
      ("current-context: a\n", "", "No context is named a. There are none."),
    ]
  )
  func refuses(text: String, place: String, sentence: String) async throws {
    let path = try write(text)
    let scan = try await program.run("scan", "--kubeconfig", path)
    #expect(scan.code == 2)
    #expect(scan.errors.contains(place.isEmpty ? sentence : path + place))
    #expect(scan.errors.contains(sentence))
    #expect(scan.out.isEmpty)
  }

  @Test func aReportReplacesAFileAndKeepsItsModeAndIsWrittenToADevice() async throws {
    let snapshot = program.path(of: "snapshot.yaml")
    try "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
      .write(toFile: snapshot, atomically: true, encoding: .utf8)
    let report = program.path(of: "report.json")
    try "old".write(toFile: report, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: report)
    func scan(to file: String) async throws -> Program.Outcome {
      try await program.run(
        "scan",
        "--snapshot",
        snapshot,
        "--output",
        "json",
        "--output-file",
        file
      )
    }
    let folder = URL(filePath: report).deletingLastPathComponent().path
    let before = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(try await scan(to: report).out.isEmpty)
    let data = try Data(contentsOf: URL(filePath: report))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["kind"] as? String == "InspectionReport")
    let attributes = try FileManager.default.attributesOfItem(atPath: report)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    // No draft is left.
    let after = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(after.sorted() == before.sorted())
    #expect(try await scan(to: "/dev/null").errors.isEmpty)
    let null = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(null[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test func aContextThatCannotBeUsedStopsNoOtherAndAllIsSaidInJSON() async throws {
    let server = try ScriptedServer { request in
      switch request.path {
      case "/version": [.answer(#"{"gitVersion":"v1.36.0"}"#)]
      case "/api": [.answer(#"{"kind":"APIVersions","versions":["v1"]}"#)]
      case "/apis": [.answer(#"{"kind":"APIGroupList","groups":[]}"#)]
      case "/api/v1":
        [
          .answer(
            #"{"resources":[{"name":"nodes","kind":"Node","verbs":["list","watch"]}]}"#
          )
        ]
      case "/api/v1/nodes":
        request.target.contains("watch=")
          ? [.streamHead(), .hold] : [.answer(#"{"metadata":{"resourceVersion":"5"},"items":[]}"#)]
      default: [.answer("{}", status: 404)]
      }
    }
    defer { server.stop() }
    let path = try write(
      """
      contexts:
      - {name: bad, context: {cluster: gone}}
      - {name: good, context: {cluster: c}}
      clusters: [{name: c, cluster: {server: "\(server.url)"}}]
      """
    )
    let scan = try await program.run(
      "scan",
      "--all-contexts",
      "--kubeconfig",
      path,
      "--output",
      "json"
    )
    #expect(scan.code == 3)
    let json = try #require(try JSONSerialization.jsonObject(with: scan.out) as? [String: Any])
    let clusters = try #require(json["clusters"] as? [[String: Any]])
    #expect(clusters.map { $0["name"] as? String } == ["bad", "good"])
    #expect(clusters.map { $0["state"] as? String } == ["unusable", "live"])
    #expect(clusters.map { $0["inspected"] as? Bool } == [false, true])
    #expect((clusters[0]["failure"] as? String)?.contains("gone") == true)
    let stats = try #require(clusters[1]["stats"] as? [String: Any])
    #expect(stats["eventsPerSecond"] is Double)
    #expect(server.requests.allSatisfy { $0.headers["user-agent"] == "kpatrol/0.1.0" })
  }
}
