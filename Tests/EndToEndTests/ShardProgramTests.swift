import Foundation
import HTTP
import Inspection
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// Three `kpatrol agent` processes that divide a cluster's namespaces among them.
@Suite(.fewAtOnce) struct ShardProgramTests {
  /// An agent as others see it.
  private struct Agent {
    let run: Program.Run
    let port: Int64
    let client: HTTPClient

    func json(_ path: String) async throws -> JSONValue {
      var request = HTTPRequest(.get, "http://127.0.0.1:\(port)\(path)")
      request.maximumBodyBytes = 64 << 20
      return try JSONValue(parsing: try await client.response(to: request).body)
    }

    func isReady() async -> Bool {
      let request = HTTPRequest(.get, "http://127.0.0.1:\(port)/readyz")
      return (try? await client.response(to: request))?.status == 200
    }

    /// The shards that it covers; `nil` while it is on the way to others.
    func covered() async throws -> [Int64]? {
      let coverage = try await json("/api/v1/coverage")
      guard coverage["complete"] == true else { return nil }
      return coverage["held"]?.arrayValue?.compactMap { shard in
        if case .integer(let number) = shard { number } else { nil }
      }
    }

    func findings() async throws -> [String] {
      try await json("/api/v1/findings")["items"]?.arrayValue?.map { item in
        "\(item["metadata"]?["name"]?.stringValue ?? "") \(item["message"]?.stringValue ?? "")"
      } ?? []
    }
  }

  private let program: Program
  private let kubeconfig: String
  private let eventLoop = EventLoop()

  init() throws {
    program = try Program()
    kubeconfig = program.path(of: "kubeconfig")
  }

  private func start(_ name: String, _ options: String...) async throws -> Agent {
    let run = try program.begin(
      ["agent", "--kubeconfig", kubeconfig, "--listen", "127.0.0.1:0", "--profile", "all"]
        + options,
      ["XDG_STATE_HOME": program.path(of: name)]
    )
    #expect(await program.complains(#""message":"listening""#, run))
    let lines = program.errors(of: run).split(separator: "\n")
    let port = lines.compactMap { line -> Int64? in
      let port = (try? JSONValue(parsing: Array(line.utf8)))?["port"]?.stringValue
      return port.flatMap { Int64($0) }
    }
    return Agent(
      run: run,
      port: try #require(port.first),
      client: HTTPClient(eventLoop: eventLoop)
    )
  }

  private func start(shard: Int) async throws -> Agent {
    try await start(
      "shard-\(shard)",
      "--shard",
      "\(shard)/3",
      "--lease",
      "--lease-namespace",
      "kube-system"
    )
  }

  /// Whether agents come to find together, none of it twice, what one agent finds.
  private func comeToFind(_ agents: [Agent], _ single: Agent) async throws -> Bool {
    try await eventually {
      var found: [String] = []
      for agent in agents { found += try await agent.findings() }
      let wanted = try await single.findings()
      return wanted.count > 100 && found.sorted() == wanted.sorted()
    }
  }

  @Test func theNamespacesOfOneThatDiesAreTakenOver() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(
        scenario: .bulk,
        bulk: BulkWorld(pods: 600, nodes: 40, namespaces: 12),
        runsControllers: false
      )
    )
    try cluster.kubeconfig(contextName: "prod")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    let single = try await start("single")
    var agents: [Agent] = []
    for shard in 0..<3 { agents.append(try await start(shard: shard)) }
    for agent in agents + [single] { #expect(await eventually { await agent.isReady() }) }
    let haveTheirOwn = try await eventually {
      for (shard, agent) in agents.enumerated() {
        guard try await agent.covered() == [Int64(shard)] else { return false }
      }
      return true
    }
    #expect(haveTheirOwn)
    #expect(try await comeToFind(agents, single))
    for agent in agents { #expect(try await !agent.findings().isEmpty) }

    program.send(SIGKILL, to: agents[1].run)
    let survivors = [agents[0], agents[2]]
    let start = ContinuousClock.now
    let areTakenOver = try await eventually {
      let held = [try await survivors[0].covered(), try await survivors[1].covered()]
      return Set(held.compactMap(\.self).joined()) == [0, 1, 2]
    }
    #expect(areTakenOver)
    #expect(start.duration(to: .now) < .seconds(30))
    #expect(try await comeToFind(survivors, single))

    // The one whose own it is comes back, and gets it.
    let back = try await self.start(shard: 1)
    #expect(try await eventually { try await back.covered() == [1] })
    #expect(try await comeToFind([agents[0], back, agents[2]], single))

    // Who ends in peace keeps nobody waiting.
    program.send(SIGTERM, to: agents[2].run)
    #expect(try await program.end(agents[2].run).code == 0)
    let isTakenAtOnce = try await eventually {
      let held = [try await agents[0].covered(), try await back.covered()]
      return Set(held.compactMap(\.self).joined()) == [0, 1, 2]
    }
    #expect(isTakenAtOnce)
    #expect(try await comeToFind([agents[0], back], single))
    eventLoop.shutdown()
    await cluster.stop()
  }

  // MARK: Reports

  /// An agent of two that share a cluster and write reports.
  private func start(half shard: Int, config: String) async throws -> Agent {
    try await start(
      "half-\(shard)",
      "--shard=\(shard)/2",
      "--config=\(config)",
      "--lease",
      "--lease-namespace=kube-system",
      "--lease-duration=6",
      "--lease-renew-deadline=4",
      "--lease-retry-period=1"
    )
  }

  private static func pod(in namespace: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": "one", "namespace": .string(namespace)],
      "spec": ["containers": [["name": "main", "image": "a"]]],
    ]
  }

  /// The findings of the rules of the pack that reports tell of, as often as they do.
  private static func reported(in cluster: SimulatedCluster) -> [String] {
    let reports =
      cluster.objects(of: "reports.openreports.io")
      + cluster.objects(of: "clusterreports.openreports.io")
    return reports.flatMap { $0["results"]?.arrayValue ?? [] }
      .filter { $0["policy"]?.stringValue?.hasPrefix("all/") == true }
      .compactMap { $0[path: "properties", "finding"]?.stringValue }.sorted()
  }

  /// Whether reports come to say what one agent finds, and nothing twice.
  private func comesToSay(_ cluster: SimulatedCluster, _ single: Agent) async throws -> Bool {
    try await eventually {
      let items = try await single.json("/api/v1/findings")["items"]?.arrayValue ?? []
      let found = items.filter { $0["check"]?.stringValue?.hasPrefix("all/") == true }
        .compactMap { $0["id"]?.stringValue }
      return !found.isEmpty && Self.reported(in: cluster) == found.sorted()
    }
  }

  private static func deletedReports(in cluster: SimulatedCluster) -> [String] {
    cluster.requestLog.filter { $0.method == "DELETE" && $0.path.contains("openreports.io") }
      .map { String($0.path.split(separator: "/v1alpha1/").last ?? "") }.sorted()
  }

  @Test func reportsOfOneThatDiesAreKeptByTheOther() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    try cluster.kubeconfig(contextName: "prod")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    try ReportWorld.define(in: cluster)
    let halves = Coverage(of: 2, holding: [0, 1])
    let teams = (0..<12).map { "team-\($0)" }
    for team in teams {
      try cluster.create([
        "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(team)],
      ])
    }
    let second = teams.filter { halves.shard(of: $0) == 1 }
    try #require(second.count > 2 && second.count < teams.count - 2)
    let (quiet, others) = (second[0], teams.filter { $0 != second[0] })
    for team in others { try cluster.create(Self.pod(in: team)) }
    // From when one agent had the whole cluster.
    try cluster.create(ReportWorld.report("kpatrol", in: teams[0], shard: 0))
    let pack = program.path(of: "pack.yaml")
    try ReportWorld.pack.write(toFile: pack, atomically: true, encoding: .utf8)
    let rules = program.path(of: "rules.yaml")
    try "rules: {paths: ['\(pack)']}\n".write(toFile: rules, atomically: true, encoding: .utf8)
    let config = program.path(of: "config.yaml")
    try "rules: {paths: ['\(pack)']}\nreports: {format: openreports}\n"
      .write(toFile: config, atomically: true, encoding: .utf8)

    let single = try await start("single", "--config=\(rules)")
    let first = try await start(half: 0, config: config)
    let doomed = try await start(half: 1, config: config)
    #expect(try await eventually { try await first.covered() == [0] })
    #expect(try await eventually { try await doomed.covered() == [1] })
    #expect(try await comesToSay(cluster, single))
    var deleted = ["namespaces/\(teams[0])/reports/kpatrol"]
    await expectSoon { Self.deletedReports(in: cluster) == deleted }
    let names = cluster.objects(of: "reports.openreports.io").map { report in
      report[path: "metadata", "name"]?.stringValue ?? ""
    }
    #expect(Set(names) == ["kpatrol-0", "kpatrol-1"] && names.count == others.count)

    // While nobody looks, something ends, and something comes.
    program.send(SIGKILL, to: doomed.run)
    let ended = second[1]
    #expect(cluster.remove("pods", namespace: ended, name: "one"))
    try cluster.create(Self.pod(in: quiet))
    #expect(try await eventually { try await first.covered() == [0, 1] })
    #expect(try await comesToSay(cluster, single))
    deleted.append("namespaces/\(ended)/reports/kpatrol-1")
    #expect(Self.deletedReports(in: cluster) == deleted.sorted(), "What still holds stays.")

    // The one whose own they are comes back, and goes on with them.
    let back = try await start(half: 1, config: config)
    #expect(try await eventually { try await back.covered() == [1] })
    #expect(try await eventually { try await first.covered() == [0] })
    try cluster.create(Self.pod(in: ended))
    #expect(try await comesToSay(cluster, single))

    // It keeps those of what is in no namespace, too, when the other ends in peace.
    program.send(SIGTERM, to: first.run)
    #expect(try await program.end(first.run).code == 0)
    try cluster.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "team-new"]])
    #expect(try await eventually { try await back.covered() == [0, 1] })
    #expect(try await comesToSay(cluster, single))
    #expect(Self.deletedReports(in: cluster) == deleted.sorted())
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test(arguments: ["3/3", "-1/2", "1", "0/65", "a/b"])
  func whatIsNoShardIsRefused(text: String) async throws {
    let outcome = try await program.run("agent", "--shard=\(text)")
    #expect(outcome.code == 64 || outcome.code == 2)
    #expect(outcome.errors.contains("--shard \(text) is none"))
    eventLoop.shutdown()
  }
}
