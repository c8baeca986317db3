/// What came of measuring one thing: a line of the table.
struct Measurement: Sendable {
  /// What was measured: `decode Pod JSON`.
  var title: String
  /// What it was measured on, and what the work was.
  var setting: String
  /// The median where it was measured several times.
  var value: Double
  /// What 99 of 100 of the times did not exceed, where there were enough of them.
  var p99: Double?
  var unit: String
  /// What has to be reached; `nil` where nothing is asked for.
  var target: Target?
  /// What the value was measured beside, in the same run.
  var comparison = ""
  /// What explains the number, where something does.
  var note = ""
  /// The value as a point of a series over sizes, where there is one.
  var point: GrowthPoint?

  enum Target: Sendable {
    case atLeast(Double)
    case under(Double)
  }

  /// Whether the target is reached, by 99 of 100 where that was measured; `nil` without one.
  var isReached: Bool? {
    switch target {
    case .atLeast(let limit): value >= limit
    case .under(let limit): (p99 ?? value) < limit
    case nil: nil
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
