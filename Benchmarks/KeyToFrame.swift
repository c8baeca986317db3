/// How long it takes the real program to paint what a key did, while the cluster is busy.
struct KeyToFrame: Benchmark {
  private static let keyCount = 300
  /// A letter that the program shows nowhere else and that stands in no control sequence of ncurses.
  private static let letter = "Q"
  private static let backspace = "\u{7F}"

  let size: ClusterSize
  let churn: Int

  var title: String { "key to frame on the terminal, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let program = try TerminalProgram(simulation, as: .everything)
    defer { program.end() }
    try await program.waitUntilSynced()
    _ = try program.type("/")
    _ = try await program.painted("Keep the filter", within: .seconds(10))
    let before = try program.usage()
    let start = ContinuousClock.now
    var times: [Double] = []
    for _ in 0..<Self.keyCount {
      try await Task.sleep(for: .milliseconds(Int.random(in: 30...90)))
      program.forget()
      let typed = try program.type(Self.letter)
      let shown = try await program.painted(Self.letter, within: .seconds(10))
      times.append(typed.duration(to: shown).seconds * 1000)
      // A letter that comes before the last one is gone would change nothing to be painted.
      program.forget()
      _ = try program.type(Self.backspace)
      try await program.paintedAnything(within: .seconds(10))
    }
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
