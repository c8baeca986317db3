import Foundation
import HTTP

/// What a terminal that is attached to two agents takes, and how long a reader waits for it.
struct AttachedProgram: Benchmark {
  private static let keyCount = 200
  private static let seconds = 10

  /// Of each of the two clusters.
  let size: ClusterSize
  /// Of both clusters together.
  let churn: Int

  var title: String { "attached to agents, 2 × \(size.pods) Pods, \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var simulations: [SimulationProcess] = []
    var agents: [AgentProcess] = []
    defer {
      for agent in agents { agent.end() }
      for simulation in simulations { simulation.end() }
    }
    for number in 1...2 {
      let simulation = try SimulationProcess(size, number: number, churn: churn / 2)
      simulations.append(simulation)
      agents.append(try AgentProcess(findingEveryPodOf: simulation, on: eventLoop))
    }
    for agent in agents { try await agent.waitUntilReady() }
    let start = ContinuousClock.now
    let program = try TerminalProgram(agents.flatMap { ["--agent", $0.url] })
    defer { program.end() }
    // The worst stands first: where nothing happens, no Node has its Lease renewed. Else the title counts.
    let worst = churn == 0 ? "has not renewed its Lease" : " warning"
    let first = try await program.painted(worst, within: .seconds(120))
    let all = try await settled(program)
    let idle = try await share(of: program)
    let keys = try await program.keysToFrames(Self.keyCount)
    let resident = try program.usage().residentBytes
    let setting = "kpatrol --agent twice on a terminal, each agent over \(size.description)"
    return [
      Measurement(
        title: title + ": first page",
        setting: setting,
        value: start.duration(to: first).seconds * 1000,
        unit: "ms",
        note: "all was told after \(start.duration(to: all).seconds.formatted()) s"
      ),
      Measurement(
        title: title + ": memory",
        setting: setting,
        value: Double(resident) / 1e6,
        unit: "MB",
        target: .under(200)
      ),
      Measurement(
        title: title + ": processor",
        setting: setting + "; \(Self.seconds) s",
        value: idle,
        unit: "% of a core",
        target: churn == 0 ? .under(1) : nil
      ),
      Measurement(
        title: title + ": key to frame",
        setting: "a letter typed into the filter until its bytes come back",
        value: keys.median,
        p99: keys.p99,
        unit: "ms",
        target: .under(16),
        note: "the slowest \((keys.max() ?? 0).formatted()) ms"
      ),
    ]
  }

  /// Waits until the program has taken in what it was told: until it takes no more than changes do; answers
  /// when that began.
  private func settled(_ program: TerminalProgram) async throws -> ContinuousClock.Instant {
    let end = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < end {
      let (before, start) = (try program.usage().cpuSeconds, ContinuousClock.now)
      try await Task.sleep(for: .milliseconds(500))
      let share = (try program.usage().cpuSeconds - before) / start.duration(to: .now).seconds
      if share < (churn == 0 ? 0.1 : 0.4) { return start }
    }
    throw BenchmarkFailure("kpatrol was still taking in findings after two minutes.")
  }

  private func share(of program: TerminalProgram) async throws -> Double {
    let before = try program.usage()
    let start = ContinuousClock.now
    try await Task.sleep(for: .seconds(Self.seconds))
    let elapsed = start.duration(to: .now).seconds
    return (try program.usage().cpuSeconds - before.cpuSeconds) / elapsed * 100
  }
}
