import CloudEvents
import EventDelivery
import HTTP
import Inspection
import KubernetesClient
import Logging
import Monitoring
import RemoteChecks
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats
import YAMLReading

@testable import Agent

/// Findings that come to an agent by POST, about objects of whose changes it told a sink.
@Suite(.fewAtOnce) struct EventIntakeServingTests {
  private struct Run {
    let cluster: SimulatedCluster
    let sink: ScriptedServer
    let eventLoop: EventLoop
    let url: String

    /// The attributes of the events that told of objects, the newest last.
    var told: [[String: String]] {
      sink.requests.filter { $0.headers["ce-type"] == "io.kpatrol.object.changed" }.map(\.headers)
    }

    func create(_ name: String, _ value: String = "a") throws {
      _ = try cluster.create(
        [
          "apiVersion": "v1", "kind": "ConfigMap", "data": ["key": .string(value)],
          "metadata": ["name": .string(name), "namespace": "default"],
        ]
      )
    }

    func post(
      _ body: [UInt8],
      _ headers: HTTPHeaders,
      token: String? = "0123456789abcdef"
    ) async throws -> HTTPResponse {
      var headers = headers
      if let token { headers["Authorization"] = "Bearer \(token)" }
      return try await HTTPClient(eventLoop: eventLoop)
        .response(to: HTTPRequest(.post, url + "/", headers: headers, body: body))
    }

    func post(_ events: [CloudEvent], as mode: ContentMode = .binary) async throws -> Int {
      let message = EventMessage(events, as: mode)
      return try await post(message.body, message.headers).status
    }

    /// The messages of the check's findings.
    func messages() async throws -> [String] {
      var headers = HTTPHeaders()
      headers["Authorization"] = "Bearer 0123456789abcdef"
      let answer = try await HTTPClient(eventLoop: eventLoop).response(
        to: HTTPRequest(.get, "\(url)/api/v1/findings?check=remote/maps", headers: headers)
      )
      let items = try JSONValue(parsing: answer.body)["items"]?.arrayValue ?? []
      return items.compactMap { $0["message"]?.stringValue }.sorted()
    }
  }

  /// What a check service says of a ConfigMap.
  private static func answer(
    _ name: String = "one",
    _ data: JSONValue = ["reason": "Bad", "message": "ConfigMap one is bad"],
    cause: String? = nil,
    type: String = "io.kpatrol.finding"
  ) -> CloudEvent {
    var event = CloudEvent(id: "1", source: "/checks/maps", type: type, data: .json(data))
    event.subject = "ConfigMap/default/\(name)"
    if let cause { event.extensions["causationid"] = cause }
    return event
  }

  private func withAgent(
    reply: @escaping @Sendable (ScriptedServer.Request) -> [ScriptedServer.Action] = { _ in
      [.answer("", status: 202)]
    },
    _ body: (Run) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    let server = try ScriptedServer(reply)
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let client = KubernetesClient(
      ClusterConnection(
        contextName: "prod",
        server: cluster.url,
        tls: tls,
        credential: .token(cluster.token)
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
    let place = FieldPlace(path: "f.yaml", line: 1, column: 1, field: "events")
    let objects = RemoteCheckSettings(
      name: "maps",
      url: "",
      kinds: [RemoteCheckSettings.Text("ConfigMap", at: place)]
    )
    let sink = try #require(
      try EventSink(EventSettings(), environment: ["K_SINK": server.url])
    )
    let runner = RemoteCheckRunner(
      try RemoteCheck(sink.remote(objects)),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test",
      environment: [:]
    )
    let fleet = Fleet([client], options: MonitorOptions(checks: []), remoteChecks: [runner])
    let agent = Agent(fleet)
    let folder = try TemporaryFolder()
    let listener = try AgentListener(
      "127.0.0.1:0",
      certificateFile: nil,
      keyFile: nil,
      authority: try AccessTokens(file: folder.write("tokens", "0123456789abcdef,ann\n"))
    )
    let (ports, listens) = AsyncStream.makeStream(of: Int.self)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let patrol = Task { await fleet.run() }
    let telling = Task { await agent.run() }
    let serving = Task { try await listener.serve(agent, logger: logger) { listens.yield($0) } }
    let port = await ports.first { _ in true } ?? 0
    let run = Run(
      cluster: cluster,
      sink: server,
      eventLoop: eventLoop,
      url: "http://127.0.0.1:\(port)"
    )
    let isReady = await eventually {
      await fleet.statuses().allSatisfy { $0.firstInspectionDuration != nil }
    }
    #expect(isReady)
    try await body(run)
    for task in [patrol, telling] { task.cancel() }
    serving.cancel()
    await telling.value
    await patrol.value
    _ = await serving.result
    server.stop()
    await cluster.stop()
  }

  @Test func anAnswerThatComesLaterIsAFindingUntilTheNextOne() async throws {
    try await withAgent { run in
      try run.create("one")
      await expectSoon { run.told.contains { $0["ce-subject"] == "ConfigMap/default/one" } }
      #expect(try await run.post([Self.answer()]) == 202)
      var isFound = try await eventually { try await run.messages() == ["ConfigMap one is bad"] }
      #expect(isFound)
      // Two at once are one answer; none is one, too.
      let two: JSONValue = [
        "findings": [
          ["reason": "A", "message": "ConfigMap one is a"],
          ["reason": "B", "message": "ConfigMap one is b"],
        ]
      ]
      #expect(try await run.post([Self.answer("one", two)], as: .structured) == 202)
      isFound = try await eventually {
        try await run.messages() == ["ConfigMap one is a", "ConfigMap one is b"]
      }
      #expect(isFound)
      #expect(try await run.post([Self.answer("one", ["findings": []])]) == 202)
      isFound = try await eventually { try await run.messages().isEmpty }
      #expect(isFound)
      let batch = [
        Self.answer(),
        Self.answer("one", ["reason": "Worse", "message": "ConfigMap one is worse"]),
      ]
      #expect(try await run.post(batch, as: .batch) == 202)
      isFound = try await eventually { try await run.messages().count == 2 }
      #expect(isFound, "What one message says of an object is one answer.")
    }
  }

  @Test func anAnswerAboutAnOlderVersionChangesNothing() async throws {
    try await withAgent { run in
      try run.create("one")
      let told = { run.told.last { $0["ce-subject"] == "ConfigMap/default/one" }?["ce-id"] }
      await expectSoon { told() != nil }
      let id = try #require(told())
      let uid = id.prefix { $0 != "." }
      let version = try #require(Int(id.split(separator: ".").last ?? ""))
      #expect(try await run.post([Self.answer(cause: id)]) == 202)
      let isFound = try await eventually { try await run.messages().count == 1 }
      #expect(isFound)
      let none: JSONValue = ["findings": []]
      #expect(try await run.post([Self.answer("one", none, cause: "\(uid).\(version - 1)")]) == 202)
      #expect(try await run.post([Self.answer("one", none, cause: "other.\(version)")]) == 202)
      #expect(
        try await run.post([Self.answer("gone", none)]) == 202,
        "It is gone, so that is late."
      )
      #expect(try await run.messages().count == 1)
      #expect(try await run.post([Self.answer("one", none, cause: "\(uid).\(version + 1)")]) == 202)
      let isOver = try await eventually { try await run.messages().isEmpty }
      #expect(isOver)
    }
  }

  @Test func theSinkMayAnswerAtOnce() async throws {
    let message = EventMessage([Self.answer()], as: .binary)
    var headers: [String: String] = [:]
    for field in message.headers.fields { headers[field.name] = field.value }
    let (fields, body) = (headers, message.body)
    let reply: @Sendable (ScriptedServer.Request) -> [ScriptedServer.Action] = { request in
      request.headers["ce-subject"] == "ConfigMap/default/one"
        ? [.answer(body, status: 200, headers: fields)] : [.answer("", status: 202)]
    }
    try await withAgent(reply: reply) { run in
      try run.create("one")
      let isFound = try await eventually { try await run.messages() == ["ConfigMap one is bad"] }
      #expect(isFound)
      #expect(run.told.allSatisfy { $0["prefer"] == "reply" })
    }
  }

  @Test func whatIsNoFindingIsRefusedAndSaysWhy() async throws {
    try await withAgent { run in
      let wrong: [(CloudEvent, String)] = [
        (Self.answer(type: "io.kpatrol.object.changed"), "another type"),
        (Self.answer("one", ["message": "no reason"]), "a reason"),
        (CloudEvent(id: "1", source: "/checks/maps", type: "io.kpatrol.finding"), "a subject"),
      ]
      for (event, reason) in wrong {
        let message = EventMessage([event], as: .structured)
        let answer = try await run.post(message.body, message.headers)
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 400 && text.contains(reason), "\(text)")
      }
      var other = Self.answer()
      other.source = "/checks/nobody"
      #expect(try await run.post([other]) == 400)
      other = Self.answer()
      other.extensions["cluster"] = "elsewhere"
      #expect(try await run.post([other]) == 400)
      let json: HTTPHeaders = ["Content-Type": "application/cloudevents+json"]
      #expect(try await run.post(Array("{".utf8), json).status == 400)
      #expect(try await run.post(Array("{}".utf8), ["Content-Type": "text/plain"]).status == 415)
      let long = [UInt8](repeating: 0x20, count: EventIntake.largestMessage + 1)
      #expect(try await run.post(long, json).status == 413)
      #expect(try await run.post(Array("{}".utf8), json, token: nil).status == 401)
    }
  }
}
