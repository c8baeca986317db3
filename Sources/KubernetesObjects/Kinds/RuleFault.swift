/// That a pack of rules, or a rule of it, is not in force as it was meant.
package struct RuleFault: Hashable, Sendable {
  /// The pack's file or object, or the rule's id.
  package let name: String
  /// What is wrong, in a sentence.
  package let reason: String

  package init(_ name: String, _ reason: String) {
    self.name = name
    self.reason = reason
  }
}
