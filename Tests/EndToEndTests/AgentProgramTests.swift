import Foundation
import HTTP
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// `kpatrol agent` as a process of its own.
@Suite(.fewAtOnce) struct AgentProgramTests {
  @Test func itAnswersAndEndsWhatIsUnderWayBeforeItEnds() async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .healthy))
    let program = try Program()
    let kubeconfig = program.path(of: "kubeconfig")
    try cluster.kubeconfig(contextName: "prod")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    let run = try program.begin([
      "agent", "--kubeconfig", kubeconfig, "--listen", "127.0.0.1:0",
    ])
    #expect(await program.complains(#""message":"listening""#, run))
    let ports = program.logged(by: run).compactMap { $0["port"]?.stringValue }
    let port = try #require(ports.first)
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let client = HTTPClient(eventLoop: eventLoop)
    let isReady = await eventually {
      let answer = try? await client.response(
        to: HTTPRequest(.get, "http://127.0.0.1:\(port)/readyz")
      )
      return answer?.status == 200
    }
    #expect(isReady)

    let path = "/api/v1/findings?watch=true&allowWatchBookmarks=true"
    let watch = try await client.stream(HTTPRequest(.get, "http://127.0.0.1:\(port)\(path)"))
    var told: [UInt8] = []
    while !told.contains(UInt8(ascii: "\n")) { told += try await watch.nextChunk() ?? [10] }
    program.send(SIGTERM, to: run)
    // An answer that breaks off is an error.
    while let chunk = try await watch.nextChunk() { told += chunk }
    #expect(told.last == UInt8(ascii: "\n"))
    let outcome = try await program.end(run)
    #expect(outcome.code == 0)
    #expect(program.logged(by: run).last?["message"] == "ended")
    #expect(!outcome.errors.contains(#""level":"error""#))
    await cluster.stop()
  }

  @Test func whereItMayNotListenIsToldBeforeAnythingStarts() async throws {
    let program = try Program()
    let outcome = try await program.run("agent", "--listen", "0.0.0.0:0")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("--tls-certificate and --tls-key are needed"))
  }

  @Test func anAddressThatIsTakenIsTold() async throws {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .empty))
    let program = try Program()
    let kubeconfig = program.path(of: "kubeconfig")
    try cluster.kubeconfig(contextName: "prod")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    let address = String(cluster.url.trimmingPrefix("https://"))
    let outcome = try await program.run(
      "agent",
      "--kubeconfig",
      kubeconfig,
      "--listen",
      address
    )
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("kpatrol: It cannot listen at \(address): "))
    await cluster.stop()
  }
}

extension Program {
  /// What a run has logged so far.
  func logged(by run: Run) -> [JSONValue] {
    errors(of: run).split(separator: "\n").compactMap { try? JSONValue(parsing: Array($0.utf8)) }
  }
}
