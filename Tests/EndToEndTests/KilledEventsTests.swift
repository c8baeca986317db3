import Foundation
import HTTP
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// An agent that is killed again and again while its sink comes and goes.
@Suite(.fewAtOnce) struct KilledEventsTests {
  private static let configuration = """
    profile: all
    checks: { dangling/autoscaler-target: { settles: 0s } }
    events: { concurrency: 8, timeout: 2s, types: ["io.kpatrol.finding.*"] }
    """

  /// Something that is wrong at once, and nothing else.
  private static func autoscaler(_ number: Int) -> JSONValue {
    [
      "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
      "metadata": ["name": .string("scaler-\(number)"), "namespace": "default"],
      "spec": [
        "minReplicas": 1, "maxReplicas": 3,
        "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "absent"],
      ],
    ]
  }

  private static func begin(
    _ program: Program,
    _ kubeconfig: String,
    _ sink: EventSinkServer
  ) throws -> Program.Run {
    try program.begin(
      [
        "agent", "--kubeconfig", kubeconfig, "--listen", "127.0.0.1:0", "--config",
        program.path(of: "config.yaml"),
      ],
      ["K_SINK": sink.url]
    )
  }

  /// The agent says how it stands with its sink.
  private func expectToBeSaid(_ log: String, _ sink: EventSinkServer) async throws {
    let lines = log.split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
    let ports = lines.compactMap { $0["port"]?.stringValue }
    let port = try #require(ports.first)
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let client = HTTPClient(eventLoop: eventLoop)
    func text(_ path: String) async throws -> String {
      let answer = try await client.response(
        to: HTTPRequest(.get, "http://127.0.0.1:\(port)/\(path)")
      )
      return String(decoding: answer.body, as: UTF8.self)
    }
    let isEmpty = try await eventually {
      try await text("metrics").contains("kpatrol_outbox_events 0\n")
    }
    #expect(isEmpty)
    let metrics = try await text("metrics")
    #expect(
      metrics.contains(#"kpatrol_cloudevents_sent_total{type="io.kpatrol.finding.raised"} "#)
    )
    let readiness = try await text("readyz?verbose")
    #expect(readiness.contains("[+]events ok: 127.0.0.1:\(sink.port): "))
  }

  @Test("Every finding is told of at least once, and in order", arguments: [10_000])
  func killed(count: Int) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    let sink = try EventSinkServer()
    let program = try Program()
    let kubeconfig = program.path(of: "kubeconfig")
    try cluster.kubeconfig(contextName: "prod")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    try Self.configuration.write(
      toFile: program.path(of: "config.yaml"),
      atomically: true,
      encoding: .utf8
    )
    var run = try Self.begin(program, kubeconfig, sink)
    #expect(await program.complains(#""message":"listening""#, run))

    // In ten waves a tenth comes, and half of what came before goes; meanwhile the sink is in each of its moods,
    // and the agent dies three times.
    let wave = count / 10
    var there: Set<Int> = []
    let moods: [EventSinkServer.Mood] = [
      .taking, .closed, .taking, .overloaded, .slow, .taking, .closed, .overloaded, .taking, .slow,
    ]
    for (index, mood) in moods.enumerated() {
      try sink.become(mood)
      for number in index * wave..<(index + 1) * wave {
        _ = try cluster.create(Self.autoscaler(number))
        there.insert(number)
      }
      for number in (max(0, index - 1) * wave..<index * wave) where number % 2 == 0 {
        let isGone = cluster.remove(
          "horizontalpodautoscalers.autoscaling",
          namespace: "default",
          name: "scaler-\(number)"
        )
        try #require(isGone)
        there.remove(number)
      }
      try await Task.sleep(for: .milliseconds(700))
      guard [2, 5, 8].contains(index) else { continue }
      program.send(SIGKILL, to: run)
      _ = try await program.end(run)
      run = try Self.begin(program, kubeconfig, sink)
    }
    try sink.become(.taking)
    let expected = Set(
      there.map { "HorizontalPodAutoscaler.autoscaling/default/scaler-\($0)" }
    )
    let isTold = await eventually {
      try? await Task.sleep(for: .milliseconds(300))
      return sink.standing == expected
    }
    #expect(isTold, "\(sink.standing.count) for \(expected.count) stand, \(sink.all.count) came")
    // While nothing arrives, some come and go: their events wait side by side.
    try sink.become(.overloaded)
    for number in count..<count + 40 { _ = try cluster.create(Self.autoscaler(number)) }
    try await Task.sleep(for: .seconds(1))
    for number in count..<count + 40 {
      let name = "scaler-\(number)"
      _ = cluster.remove(
        "horizontalpodautoscalers.autoscaling",
        namespace: "default",
        name: name
      )
    }
    try await Task.sleep(for: .seconds(1))
    try sink.become(.taking)
    let isToldInOrder = await eventually {
      let came = sink.histories.count
      return came >= sink.standing.count + 40 && sink.standing == expected
    }
    #expect(isToldInOrder)
    var broken: [String] = []
    for (finding, history) in sink.histories {
      var isRaised = false
      for step in history {
        let isInOrder = step == "raised" ? !isRaised : isRaised
        if !isInOrder { broken.append("\(finding): \(history)") }
        isRaised = step != "resolved"
      }
    }
    #expect(broken.isEmpty, "\(broken.count): \(broken.prefix(3))")
    #expect(sink.histories.count >= count / 2)
    #expect(!program.errors(of: run).contains(#""level":"error""#))
    try await expectToBeSaid(program.errors(of: run), sink)
    program.send(SIGTERM, to: run)
    #expect(try await program.end(run).code == 0)
    sink.stop()
    await cluster.stop()
  }
}
