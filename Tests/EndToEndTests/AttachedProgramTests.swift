import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// The real program in a real terminal, attached to agents that are processes of their own.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct AttachedProgramTests {
  /// A healthy cluster with three claims that nobody mounts, perhaps with an agent.
  private final class Place {
    let name: String
    let cluster: SimulatedCluster
    let kubeconfig: String
    private let program: Program
    private let settings: String
    private var port = "0"
    private var run: Program.Run?

    init(_ name: String, _ program: Program, settings: String) async throws {
      self.name = name
      self.program = program
      self.settings = settings
      cluster = try await SimulatedCluster.start(
        SimulationOptions(scenario: .healthy, requestLogLimit: 100_000)
      )
      for number in 1...3 {
        _ = try cluster.create([
          "apiVersion": "v1", "kind": "PersistentVolumeClaim",
          "metadata": ["name": .string("left-\(number)"), "namespace": "shop"],
          "spec": [
            "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]],
          ],
        ])
      }
      kubeconfig = program.path(of: "\(name).yaml")
      try cluster.kubeconfig(contextName: name)
        .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts the agent, at the same address as before.
    func begin() async throws {
      let run = try program.begin([
        "agent", "--kubeconfig", kubeconfig, "--config", settings, "--listen",
        "127.0.0.1:\(port)",
      ])
      self.run = run
      _ = await program.complains(#""message":"listening""#, run)
      let logged = program.errors(of: run).split(separator: "\n")
        .compactMap { try? JSONValue(parsing: Array($0.utf8)) }
      port = logged.compactMap { $0["port"]?.stringValue }.first ?? port
    }

    func end(_ signal: Int32) async throws {
      guard let run else { return }
      program.send(signal, to: run)
      _ = try await program.end(run)
    }

    func has(_ claim: String) -> Bool {
      cluster.object(of: "persistentvolumeclaims", namespace: "shop", name: claim) != nil
    }
  }

  /// How many rows of each cluster are on the screen.
  private static func rows(_ session: TerminalSession, _ names: [String]) -> [String: Int] {
    let lines = session.screen.split(separator: "\n").filter { $0.contains("Claim shop/left-") }
    return names.reduce(into: [:]) { counts, name in
      counts[name] = lines.count { $0.contains(" \(name) ") }
    }
  }

  @Test func agentsThatBeginAnewLoseNoRowAndHealingIsDoneByTheReader() async throws {
    let program = try Program()
    let settings = program.path(of: "settings.yaml")
    try "checks: {dangling/claim-unused: {settles: 0s}}\n"
      .write(toFile: settings, atomically: true, encoding: .utf8)
    let amber = try await Place("amber", program, settings: settings)
    let blue = try await Place("blue", program, settings: settings)
    let coral = try await Place("coral", program, settings: settings)
    try await amber.begin()
    try await blue.begin()
    let session = try TerminalSession(columns: 120, rows: 40)
    let files = [amber, blue, coral].map(\.kubeconfig).joined(separator: ":")
    try session.type(
      "KUBECONFIG=\(files) \(TerminalSession.program) --agent \(amber.url) --agent \(blue.url) "
        + "--context coral --config \(settings)"
    )
    try session.press("Enter")
    let names = ["amber", "blue", "coral"]
    let all = ["amber": 3, "blue": 3, "coral": 3]
    let isComplete = await eventually { Self.rows(session, names) == all }
    try #require(isComplete, "\(session.screen)")

    var looks = 0
    /// Looks at every picture until something is shown, or not any more; no row may be missing in any.
    func look(until isOver: (String) -> Bool) async -> Bool {
      await eventually {
        let rows = Self.rows(session, names)
        looks += 1
        #expect(rows == all, "\(session.screen)")
        return isOver(session.screen) || rows != all
      }
    }
    for (place, signal) in [(amber, SIGKILL), (blue, SIGTERM)] {
      try await place.end(signal)
      let address = place.url.dropFirst("http://".count)
      #expect(await look { $0.contains("agent \(address) lost, as of ") })
      try await place.begin()
      #expect(await look { !$0.contains("agent \(address) lost") })
      // It has to inspect its cluster before it is told that anything is over.
      let (end, enough) = (ContinuousClock.now + .seconds(3), looks + 10)
      #expect(await look { _ in ContinuousClock.now > end && looks > enough })
    }

    // A plan has the cluster read first, with the reader's own credentials.
    try session.type("/cluster:amber left-2")
    try session.press("Enter")
    #expect(
      await eventually {
        Self.rows(session, names) == ["amber": 1, "blue": 0, "coral": 0]
      }
    )
    try session.press("h")
    try #require(await session.shows("Guardrails"))
    #expect(amber.has("left-2"), "Nothing is done before it is confirmed.")
    try #require(await session.shows("Type this name"), "\(session.screen)")
    try session.type("left-2")
    try session.press("Enter")
    #expect(
      await session.shows("healed, the finding was gone"),
      "\(session.screen)"
    )
    #expect(!amber.has("left-2") && amber.has("left-1"))
    let log = amber.cluster.requestLog
    let ofReader = log.filter { $0.userAgent.hasPrefix("kpatrol/") }
    let ofAgent = log.filter { $0.userAgent.hasPrefix("kpatrol-agent/") }
    #expect(ofReader.contains { $0.method == "DELETE" && $0.path.hasSuffix("/left-2") })
    #expect(!ofAgent.isEmpty && ofAgent.allSatisfy { $0.method == "GET" })
    // What is not looked at is left alone.
    #expect(blue.cluster.requestLog.allSatisfy { !$0.userAgent.hasPrefix("kpatrol/") })
    try await session.quit()
    for place in [amber, blue] { try await place.end(SIGTERM) }
    for place in [amber, blue, coral] { await place.cluster.stop() }
  }

  @Test func whatCannotBeAttachedToIsRefused() async throws {
    let program = try Program()
    let plain = try await program.run("--agent", "http://agent.example.com:8481")
    #expect(plain.code == 2)
    #expect(plain.errors.contains("as plain text; write https://"))
    let scan = try await program.run("scan", "--agent", "https://agent.example.com:8481")
    #expect(scan.code == 2)
    #expect(scan.errors.contains("GET URL/api/v1/findings"))
    let settings = program.path(of: "settings.yaml")
    try "agents:\n  - url: http://10.0.0.7:8481\n"
      .write(toFile: settings, atomically: true, encoding: .utf8)
    let configured = try await program.run("--config", settings)
    #expect(configured.code == 2)
    #expect(configured.errors.contains("settings.yaml:2:"))
    #expect(configured.errors.contains("agents[0].url: "))
  }
}
