/// Something measured beside the number that it has to reach.
protocol Benchmark: Sendable {
  /// What is measured: `decode Pod JSON`.
  var title: String { get }
  /// What it is measured on, and what the work is.
  var setting: String { get }

  func run() async throws -> Measurement
}

/// What a benchmark came to.
struct Measurement: Sendable {
  var value: Double
  var unit: String
  var target: Target
  /// What explains the number, where something does.
  var note = ""

  enum Target: Sendable {
    case atLeast(Double)
    case under(Double)
  }

  var isReached: Bool {
    switch target {
    case .atLeast(let limit): value >= limit
    case .under(let limit): value < limit
    }
  }
}

extension Measurement.Target: CustomStringConvertible {
  var description: String {
    switch self {
    case .atLeast(let limit): "≥ \(limit.formatted())"
    case .under(let limit): "< \(limit.formatted())"
    }
  }
}

extension Double {
  /// The number with three significant digits, as far as it has them.
  func formatted() -> String {
    if self >= 100 || self == rounded() { return String(Int(rounded())) }
    let scale = self >= 10 ? 10.0 : 100.0
    return String((self * scale).rounded() / scale)
  }
}
