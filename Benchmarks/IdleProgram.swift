/// What the whole program takes of a processor while nothing changes and its screen is open.
struct IdleProgram: Benchmark {
  private static let seconds = 10

  let size: ClusterSize
  /// The command that opens a screen which asks for something each second; `nil` for the first one.
  var command: String?

  var title: String {
    let screen = command.map { " on :\($0)" } ?? ""
    return "idle\(screen), no changes, \(size.name)"
  }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size)
    defer { simulation.end() }
    let program = try TerminalProgram(simulation, as: .everything)
    defer { program.end() }
    try await program.waitUntilSynced()
    if let command { _ = try program.type(":\(command)\r") }
    try await Task.sleep(for: .seconds(2))  // What the first sync left to be done is done.
    let before = try program.usage()
    var shares: [Double] = []
    var last = before
    for _ in 0..<Self.seconds {
      let start = ContinuousClock.now
      try await Task.sleep(for: .seconds(1))
      let usage = try program.usage()
      let elapsed = start.duration(to: .now).seconds
      shares.append((usage.cpuSeconds - last.cpuSeconds) / elapsed * 100)
      last = usage
    }
    return [
      Measurement(
        title: title,
        setting:
          "kpatrol on a terminal, every kind of \(size.nodes) Nodes and \(size.pods) Pods synced; "
          + "\(Self.seconds) times a second",
        value: shares.median,
        unit: "% of a core",
        target: .under(1),
        note: "\(((shares.max() ?? 0)).formatted()) % in the busiest second; "
          + "\((Double(last.residentBytes) / 1e6).formatted()) MB resident"
      )
    ]
  }
}
