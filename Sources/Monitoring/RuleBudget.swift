import Inspection
import KubernetesObjects

/// What rules take of each minute.
struct RuleBudget: Sendable {
  /// A rule that takes more than this of a minute slows down all others.
  static let share = Duration.seconds(3)
  static let window = Duration.seconds(60)

  /// What each had taken at the beginning of the minute.
  private var spent: [CheckID: Duration] = [:]
  private var windowBegin: Timestamp?

  /// Once a minute is over, what those took of it that took too much; `taken` is what each took in all.
  mutating func excess(
    at now: Timestamp,
    _ taken: () -> [CheckID: Duration]
  ) -> [CheckID: Duration] {
    if let windowBegin, windowBegin.elapsed(to: now) < Self.window { return [:] }
    windowBegin = now
    let (taken, before) = (taken(), spent)
    spent = taken
    return taken.reduce(into: [:]) { excess, entry in
      guard let earlier = before[entry.key] else { return }
      let duration = entry.value - earlier
      if duration > Self.share { excess[entry.key] = duration }
    }
  }
}
