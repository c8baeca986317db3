/// What one guardrail says of a plan.
package struct GuardrailVerdict: Sendable, Equatable, Codable {
  package enum Rule: String, Sendable, Codable, CaseIterable {
    case readOnly = "Read-only"
    case paused = "Pause"
    case protectedNamespaces = "Protected namespaces"
    case protectedLabels = "Protected labels"
    case optOut = "Opt-out"
    case staleness = "Fresh picture"
    case storm = "Storm lock"
    case disruptionBudgets = "Disruption budgets"
    case coolDown = "Cool-down"
    case actionsPerHour = "Actions an hour"
    case share = "Share at once"
    case window = "Maintenance window"
  }

  package let rule: Rule
  package let isBroken: Bool
  /// Whether a user may go on nevertheless, by the highest grade of confirmation.
  package let mayBeBroken: Bool
  /// Why it is broken, or what was looked at, as a sentence.
  package let reason: String

  static func passed(_ rule: Rule, _ reason: String) -> GuardrailVerdict {
    GuardrailVerdict(rule: rule, isBroken: false, mayBeBroken: false, reason: reason)
  }

  /// A rule that is in the way, whatever a user says.
  static func refused(_ rule: Rule, _ reason: String) -> GuardrailVerdict {
    GuardrailVerdict(rule: rule, isBroken: true, mayBeBroken: false, reason: reason)
  }

  /// A rule that a user may break.
  static func broken(_ rule: Rule, _ reason: String) -> GuardrailVerdict {
    GuardrailVerdict(rule: rule, isBroken: true, mayBeBroken: true, reason: reason)
  }
}
