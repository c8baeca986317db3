import Foundation
import TestServers
import Testing

/// The real program without a terminal.
@Suite(.timeLimit(.minutes(2)))
struct ProgramTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "kpatrol-\(UInt64.random(in: 0 ... .max))")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Runs the program to its end; answers with its exit code, and what it printed and complained.
  private func run(_ arguments: String...) async throws -> (code: Int32, out: Data, errors: String)
  {
    let process = Process()
    process.executableURL = URL(filePath: TerminalSession.program)
    process.arguments = arguments
    process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"]
    let files = try ["out", "errors"].map { name in
      let url = folder.appending(path: name)
      try Data().write(to: url)
      return (url, try FileHandle(forWritingTo: url))
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = files[0].1
    process.standardError = files[1].1
    try process.run()
    _ = await eventually { !process.isRunning }
    let printed = try files.map { try Data(contentsOf: $0.0) }
    return (process.terminationStatus, printed[0], String(decoding: printed[1], as: UTF8.self))
  }

  private func write(_ text: String) throws -> String {
    let url = folder.appending(path: "kubeconfig.yaml")
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url.path
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
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write(text)
    let scan = try await run("scan", "--kubeconfig", path)
    #expect(scan.code == 2)
    #expect(scan.errors.contains(place.isEmpty ? sentence : path + place))
    #expect(scan.errors.contains(sentence))
    #expect(scan.out.isEmpty)
  }

  @Test func aContextThatCannotBeUsedStopsNoOtherAndAllIsSaidInJSON() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
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
    let scan = try await run("scan", "--all-contexts", "--kubeconfig", path, "--output", "json")
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
