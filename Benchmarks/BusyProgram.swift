/// What the whole program takes of a processor while its screen is open and much changes.
struct BusyProgram: Benchmark {
  private static let seconds = 20

  let size: ClusterSize
  let churn: Int

  var title: String { "busy, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let program = try TerminalProgram(simulation, as: .everything)
    defer { program.end() }
    try await program.waitUntilSynced()
    try await Task.sleep(for: .seconds(2))  // What the first sync left to be done is done.
    let before = try program.usage()
    let start = ContinuousClock.now
    try await Task.sleep(for: .seconds(Self.seconds))
    let after = try program.usage()
    let elapsed = start.duration(to: .now).seconds
    return [
      Measurement(
        title: title,
        setting: "kpatrol on a terminal, every kind of \(size.nodes) Nodes and \(size.pods) Pods "
          + "followed; \(Self.seconds) s",
        value: (after.cpuSeconds - before.cpuSeconds) / elapsed * 100,
        unit: "% of a core",
        note: "\((Double(after.residentBytes) / 1e6).formatted()) MB resident"
      )
    ]
  }
}
