package import Healing

/// What became of plans that were confirmed.
package struct HealReport: Sendable, Equatable {
  package var states: [HealPlan.ID: HealState] = [:]
  /// Why plans were not begun that were confirmed with others.
  package var skipped: [HealPlan.ID: String] = [:]

  package init() {}
}
