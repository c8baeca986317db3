/// How much the real program sends to the terminal for a key that moves the selection.
struct BytesPerFrame: Benchmark {
  private static let keyCount = 100

  let size: ClusterSize

  var title: String { "bytes a frame, \(size.name)" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size)
    defer { simulation.end() }
    let program = try TerminalProgram(simulation, as: .everything)
    defer { program.end() }
    try await program.waitUntilSynced()
    _ = try program.type(":pods\r")
    _ = try await program.painted("Running", within: .seconds(60))
    // What is asked for about the first rows has come.
    try await Task.sleep(for: .seconds(2))
    var counts: [Double] = []
    for _ in 0..<Self.keyCount {
      program.forget()
      _ = try program.type("j")
      try await program.paintedAnything(within: .seconds(10))
      try await Task.sleep(for: .milliseconds(30))
      counts.append(Double(program.paintedByteCount))
    }
    return [
      Measurement(
        title: title,
        setting: "j in the list of \(size.pods) Pods at 200×50, \(counts.count) times",
        value: counts.median,
        p99: counts.p99,
        unit: "bytes",
        note: "a whole screen has 10,000 cells"
      )
    ]
  }
}
