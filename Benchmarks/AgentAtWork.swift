import HTTP

/// What an agent takes of memory and of a processor while much changes and nobody asks it.
struct AgentAtWork: Benchmark {
  private static let seconds = 20

  let size: ClusterSize
  let churn: Int

  var title: String { "agent, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let agent = try AgentProcess(simulation, name: "agent", on: eventLoop)
    defer { agent.end() }
    try await agent.waitUntilReady()
    try await Task.sleep(for: .seconds(5))  // What the first lists left to be done is done.
    let before = try agent.usage()
    let eventsBefore = try await agent.eventCount()
    let start = ContinuousClock.now
    try await Task.sleep(for: .seconds(Self.seconds))
    let after = try agent.usage()
    let events = try await agent.eventCount() - eventsBefore
    let elapsed = start.duration(to: .now).seconds
    let setting =
      "kpatrol agent, every kind of \(size.nodes) Nodes and \(size.pods) Pods followed; "
      + "\(Self.seconds) s"
    return [
      Measurement(
        title: title,
        setting: setting,
        value: (after.cpuSeconds - before.cpuSeconds) / elapsed * 100,
        unit: "% of a core",
        note: "\((events / elapsed).formatted()) events/s"
      ),
      Measurement(
        title: title + ", memory",
        setting: setting,
        value: Double(after.residentBytes) / 1e6,
        unit: "MB resident"
      ),
    ]
  }
}
