import HTTP

/// How long nobody covers the namespaces of an agent that was killed, until the others have taken them over; and
/// whether they then find what one agent finds.
struct ShardTakeOver: Benchmark {
  let size: ClusterSize

  var title: String { "three shards, one dies: take-over, \(size.name)" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size)
    defer { simulation.end() }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let single = try AgentProcess(simulation, name: "single", ["--profile", "all"], on: eventLoop)
    defer { single.end() }
    try await single.waitUntilReady()
    let shards = try (0..<3).map { shard in
      try AgentProcess(
        simulation,
        name: "shard-\(shard)",
        [
          "--profile", "all", "--shard", "\(shard)/3", "--lease", "--lease-namespace",
          "kube-system",
        ],
        on: eventLoop
      )
    }
    defer { for shard in shards { shard.end() } }
    for shard in shards { try await shard.waitUntilReady() }
    try await Self.wait("each has its shard") {
      for (number, shard) in shards.enumerated() {
        guard try await shard.coveredShards() == [number] else { return false }
      }
      return true
    }
    _ = try await Self.waitUntilEqual(shards, single)
    let memory = try (shards + [single]).map {
      (Double(try $0.usage().residentBytes) / 1e6).formatted()
    }

    let start = ContinuousClock.now
    shards[1].kill()
    let survivors = [shards[0], shards[2]]
    try await Self.wait("the survivors cover all") {
      var held: Set<Int> = []
      for survivor in survivors { held.formUnion(try await survivor.coveredShards() ?? []) }
      return held == [0, 1, 2]
    }
    let covered = start.duration(to: .now).seconds
    let count = try await Self.waitUntilEqual(survivors, single)
    let equal = start.duration(to: .now).seconds
    return [
      Measurement(
        title: title,
        setting: "three kpatrol agents with Leases of 15 s over \(size.nodes) Nodes and "
          + "\(size.pods) Pods, one killed",
        value: covered,
        unit: "s",
        target: .under(30),
        note: "\(count) findings, those of one agent, after \(equal.formatted()) s; "
          + "shards 0 to 2 and one agent take \(memory.joined(separator: ", ")) MB"
      )
    ]
  }

  private static func wait(
    _ purpose: String,
    until condition: () async throws -> Bool
  ) async throws {
    let end = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < end {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw BenchmarkFailure("It did not come to be that \(purpose).")
  }

  /// Waits until agents find together, none of it twice, what one finds; answers how much that is.
  private static func waitUntilEqual(
    _ agents: [AgentProcess],
    _ single: AgentProcess
  ) async throws -> Int {
    var count = 0
    try await wait("the shards find what one finds") {
      var found: [String] = []
      for agent in agents { found += try await agent.findings().map { "\($0.name) \($0.message)" } }
      let wanted = try await single.findings().map { "\($0.name) \($0.message)" }
      count = wanted.count
      return !wanted.isEmpty && found.sorted() == wanted.sorted()
    }
    return count
  }
}
