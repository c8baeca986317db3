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
