import WireFormats

/// Measures what KPatrol must reach and prints each number beside its target.
///
/// With an argument, only what has it in its title.
@main
enum KPatrolBench {
  static let benchmarks: [any Benchmark] = [
    DecodePods(encoding: .json),
    DecodePods(encoding: .protobuf),
    ResidentMemory(podCount: 20_000),
    ResidentMemory(podCount: 100_000),
    FullInspection(podCount: 100_000),
    FilterRows(),
    TransferPods(),
    WatchEvents(change: .address),
    WatchEvents(change: .none),
  ]

  static func main() async throws {
    let wanted = CommandLine.arguments.dropFirst().first ?? ""
    for benchmark in benchmarks where wanted.isEmpty || benchmark.title.contains(wanted) {
      let measurement = try await benchmark.run()
      let verdict = measurement.isReached ? "reached" : "MISSED"
      let value = "\(measurement.value.formatted()) \(measurement.unit)"
      print("\(benchmark.title): \(value), target \(measurement.target): \(verdict)")
      print("  \(benchmark.setting)")
      if !measurement.note.isEmpty { print("  \(measurement.note)") }
    }
  }
}
