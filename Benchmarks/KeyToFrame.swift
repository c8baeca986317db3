/// How long it takes the real program to paint what a key did, while the cluster is busy.
struct KeyToFrame: Benchmark {
  private static let keyCount = 300

  let size: ClusterSize
  let churn: Int

  var title: String { "key to frame on the terminal, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let program = try TerminalProgram(simulation, as: .everything)
    defer { program.end() }
    try await program.waitUntilSynced()
    let before = try program.usage()
    let start = ContinuousClock.now
    let times = try await program.keysToFrames(Self.keyCount)
    let cpu = try program.usage().cpuSeconds - before.cpuSeconds
    let share = cpu / start.duration(to: .now).seconds * 100
    return [
      Measurement(
        title: title,
        setting:
          "kpatrol on a terminal with every kind of \(size.nodes) Nodes and \(size.pods) Pods; a "
          + "letter typed into the filter until its bytes come back, \(times.count) times",
        value: times.median,
        p99: times.p99,
        unit: "ms",
        target: .under(16),
        note:
          "the slowest \((times.max() ?? 0).formatted()) ms; meanwhile \(share.formatted()) % of a core"
      )
    ]
  }
}
