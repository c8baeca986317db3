import TestServers
import Testing
import WireFormats

@testable import SimulatedCluster

/// Faults as curl sees them, over TLS and both versions of HTTP.
@Suite(.fewAtOnce) struct FaultServingTests {
  static let protocols = ["--http1.1", "--http2"]

  @Test("A dropped connection is an error after exactly the bytes", arguments: protocols)
  func drop(option: String) async throws {
    let running = try await RunningCluster()
    running.cluster.inject(.drop(afterBytes: 5_000), on: .lists(of: "pods"))
    let answer = try await running.curl("/api/v1/pods", option)
    #expect([18, 56, 92].contains(answer.status), "\(answer.errors)")
    #expect(answer.output.utf8.count == 5_000)
    #expect(running.cluster.faultCounts == [.drop: 1])
    #expect(try await running.curl("/api/v1/nodes", option).status == 0)
    try await running.end()
  }

  @Test("A truncated body ends cleanly", arguments: protocols)
  func truncation(option: String) async throws {
    let running = try await RunningCluster()
    running.cluster.inject(.truncate(afterBytes: 5_000))
    let answer = try await running.curl("/api/v1/pods", option)
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.utf8.count == 5_000)
    try await running.end()
  }

  @Test("A body that stalls runs into the client's timeout", arguments: protocols)
  func stall(option: String) async throws {
    let running = try await RunningCluster()
    running.cluster.inject(.stall(afterBytes: 1_000))
    let answer = try await running.curl("/api/v1/pods", option, "--max-time", "20")
    #expect(answer.status == 28)
    #expect(answer.output.utf8.count == 1_000)
    try await running.end()
  }

  @Test("A late answer is late", arguments: protocols)
  func delay(option: String) async throws {
    let running = try await RunningCluster(.empty)
    running.cluster.inject(.delay(.seconds(3)), times: 1)
    #expect(try await running.curl("/version", option, "--max-time", "1").status == 28)
    #expect(try await running.curl("/version", option, "--max-time", "30").status == 0)
    try await running.end()
  }

  @Test func aSlowBodyTakesItsTime() async throws {
    let running = try await RunningCluster(.empty)
    running.cluster.inject(.dribble(bytes: 100, every: .milliseconds(100)))
    let answer = try await running.curl("/api/v1/namespaces", "--write-out", "\n%{time_total}")
    let seconds = try #require(
      answer.output.split(separator: "\n").last.flatMap { Double($0) }
    )
    #expect(answer.status == 0)
    #expect(seconds > 0.5)
    try await running.end()
  }

  @Test(
    "A connection is reset before there is a request",
    arguments: [ConnectionFault.resetOnAccept, .resetInHandshake]
  )
  func reset(fault: ConnectionFault) async throws {
    let running = try await RunningCluster(.empty)
    running.cluster.inject(fault, times: 1)
    let answer = try await running.curl("/version")
    // The reset can already meet the connecting.
    #expect([7, 35, 56].contains(answer.status), "\(answer.errors)")
    #expect(try await running.curl("/version").status == 0)
    #expect(running.cluster.faultCounts == [fault.kind: 1])
    try await running.end()
  }

  @Test func aHandshakeThatStallsRunsIntoTheTimeout() async throws {
    let running = try await RunningCluster(.empty)
    let fault = running.cluster.inject(ConnectionFault.stallInHandshake)
    #expect(try await running.curl("/version", "--max-time", "1").status == 28)
    running.cluster.end(fault)
    #expect(try await running.curl("/version").status == 0)
    try await running.end()
  }

  @Test func afterGoAwayTheNextRequestNeedsANewConnection() async throws {
    let running = try await RunningCluster(.empty)
    running.cluster.inject(.goAway, on: RequestMatcher(path: "/api/v1/namespaces"), times: 1)
    let url = running.cluster.url
    for option in Self.protocols {
      let answer = try await running.curl(
        "/version",
        option,
        "--write-out",
        "connects=%{num_connects} ",
        "--output",
        "/dev/null",
        "--output",
        "/dev/null",
        "--output",
        "/dev/null",
        "\(url)/api/v1/namespaces",
        "\(url)/version"
      )
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(answer.output.hasPrefix("connects=1 connects=1 connects=0"), "\(answer.output)")
      running.cluster.inject(.goAway, on: RequestMatcher(path: "/api/v1/namespaces"), times: 1)
    }
    try await running.end()
  }

  @Test func goAwayLetsAnOpenWatchGoOn() async throws {
    let running = try await RunningCluster(.empty)
    async let watch = running.curl(
      "/api/v1/namespaces?watch=true&timeoutSeconds=2",
      "--http2"
    )
    try await running.waitForWatch()
    await running.cluster.announceEndOfConnections()
    try running.cluster.create(
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "late"]]
    )
    let answer = try await watch
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.contains("\"name\":\"late\""))
    try await running.end()
  }

  @Test("All connections can be reset at once", arguments: protocols)
  func resetAll(option: String) async throws {
    let running = try await RunningCluster(.empty)
    async let watch = running.curl("/api/v1/namespaces?watch=true", option)
    try await running.waitForWatch()
    await running.cluster.resetConnections()
    let answer = try await watch
    #expect(answer.status != 0)
    #expect(answer.errors.contains("reset") || answer.errors.contains("Recv"), "\(answer.errors)")
    try await running.end()
  }

  @Test("A patient client gets through everything at once", arguments: [UInt64(1), 2])
  func chaos(seed: UInt64) async throws {
    let running = try await RunningCluster()
    running.cluster.inject(.everything(seed: seed, probability: 0.05))
    var whole = 0
    for number in 0..<40 {
      let option = Self.protocols[number % 2]
      let answer = try await running.curl("/api/v1/pods?limit=20", option)
      if (try? JSONValue(parsing: Array(answer.output.utf8)))?["kind"] == "PodList" { whole += 1 }
    }
    #expect(whole > 5)
    #expect(running.cluster.faultCounts.values.reduce(0, +) > 5)
    running.cluster.endAllFaults()
    #expect(try await running.curl("/api/v1/pods").status == 0)
    try await running.end()
  }
}
