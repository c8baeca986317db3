/// Plans that are confirmed together and carried out one after the other.
package struct HealBatch: Sendable, Equatable {
  package private(set) var plans: [HealPlan]
  /// Whether nothing more is done once a plan has failed.
  package var stopsAtFailure = true

  /// How long after one plan has ended the next begins, so that whoever watches may stop it.
  package static let interval = Duration.milliseconds(500)

  package init(_ plans: [HealPlan]) { self.plans = plans }

  /// Has other plans carried out, in the same way.
  package mutating func replace(_ plans: [HealPlan]) { self.plans = plans }

  /// The clusters that are changed, each with the number of plans, in the order of their names.
  package var clusters: [(name: String, count: Int)] {
    Dictionary(grouping: plans, by: \.cluster).mapValues(\.count)
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What one plan asks for; of several, the most that any does, for all of them together.
  package var confirmation: Confirmation {
    guard plans.count > 1 else { return plans.first?.confirmation ?? .typing("nothing") }
    let clusters = clusters
    let together = clusters.count == 1 ? clusters[0].name : "\(clusters.count) clusters"
    var strictest = Confirmation.key("y")
    for plan in plans {
      switch plan.confirmation {
      case .key: break
      case .typing: strictest = .typing("\(plans.count) plans")
      case .reason: return .reason(together)
      }
    }
    return strictest
  }
}

/// Which of several plans one is that were confirmed together.
package struct BatchPlace: Sendable, Equatable, CustomStringConvertible {
  /// Counted from one.
  package let number: Int
  package let count: Int

  package init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

  package var description: String { "\(number) of \(count) confirmed together" }
}
