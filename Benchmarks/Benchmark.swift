/// Something measured beside the number that it has to reach.
protocol Benchmark: Sendable {
  /// What is measured, which the command line selects by: `decode Pod JSON`.
  var title: String { get }

  /// Measures, and ends whatever it started.
  func run() async throws -> [Measurement]
}

/// Why something could not be measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
