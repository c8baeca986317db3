/// What a check has cost so far, for the catalogue and for whoever looks for a slow one.
package struct CheckCost: Sendable, Equatable {
  /// How many runs there are to one that is timed.
  static let sampling = 16

  /// How many times the check was run.
  package internal(set) var runs = 0
  /// How many times it saw its condition.
  package internal(set) var observations = 0
  private var timedRuns = 0
  private var timed = Duration.zero

  package init() {}

  /// Whether the next run is to be timed.
  var isNextTimed: Bool { runs.isMultiple(of: Self.sampling) }

  /// How long a run takes, as the mean of those that were timed; `nil` before the first.
  package var meanDuration: Duration? { timedRuns == 0 ? nil : timed / timedRuns }

  /// How long all runs took together, as far as those that were timed tell.
  package var duration: Duration { (meanDuration ?? .zero) * runs }

  /// Takes in what the check has cost elsewhere.
  package mutating func add(_ other: CheckCost) {
    runs += other.runs
    observations += other.observations
    timedRuns += other.timedRuns
    timed += other.timed
  }

  mutating func addTime(_ duration: Duration) {
    timedRuns += 1
    timed += duration
  }
}
