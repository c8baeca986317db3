/// A number that a check compares with, and that users may change by its name.
package struct Threshold: Sendable, Equatable {
  /// What the configuration calls it, beneath the check's id: `percent`.
  package let name: String
  /// What holds where nobody changed it.
  package let byDefault: Double
  /// What is compared with it, and in which unit.
  package let meaning: String

  package init(_ name: String, _ byDefault: Double, _ meaning: String) {
    self.name = name
    self.byDefault = byDefault
    self.meaning = meaning
  }
}

/// The thresholds that users changed, for the checks of one table.
struct ThresholdValues: Sendable {
  /// By the check's position; empty where nobody changed anything.
  private var values: [Int: [String: Double]] = [:]

  mutating func set(_ thresholds: [String: Double], ofCheckAt position: Int) {
    if !thresholds.isEmpty { values[position] = thresholds }
  }

  func value(of threshold: Threshold, ofCheckAt position: Int) -> Double {
    guard !values.isEmpty else { return threshold.byDefault }
    return values[position]?[threshold.name] ?? threshold.byDefault
  }
}
