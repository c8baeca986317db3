/// What one guardrail says of a plan.
package struct GuardrailVerdict: Sendable, Equatable, Codable {
  package enum Rule: String, Sendable, Codable, CaseIterable {
    case readOnly = "read-only"
    case protectedNamespaces = "protected namespaces"
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
