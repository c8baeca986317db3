/// Measures what KPatrol must reach and prints each number beside its target.
@main
enum KPatrolBench {
  static let benchmarks: [any Benchmark] = [
    DecodePods(),
    TransferPods(),
    WatchEvents(change: .address),
    WatchEvents(change: .none),
  ]

  static func main() async throws {
    for benchmark in benchmarks {
      let measurement = try await benchmark.run()
      let verdict = measurement.isReached ? "reached" : "MISSED"
      let value = "\(measurement.value.formatted()) \(measurement.unit)"
      print("\(benchmark.title): \(value), target \(measurement.target): \(verdict)")
      print("  \(benchmark.setting)")
      if !measurement.note.isEmpty { print("  \(measurement.note)") }
    }
  }
}
