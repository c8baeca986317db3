package import Inspection
package import KubernetesObjects
package import WireFormats

/// A pack of rules that was read without a mistake.
package struct RulePack: Sendable {
  package let name: String
  /// Where it was read from.
  package let path: String
  /// What it was read from.
  let text: String
  package private(set) var rules: [RuleCheck]
  package let references: [DeclaredReferenceCheck]
  /// What has to be kept of objects for its rules, by their kinds.
  package let extensions: [ObjectKind: KindExtension]
  package let tests: [RuleTest]

  package var checks: [any Check] { rules + references }

  /// Whether both were read from the same text at the same place.
  func isSame(as other: RulePack) -> Bool { path == other.path && text == other.text }

  /// Changes each rule.
  mutating func changeRules(_ change: (inout RuleCheck) -> Void) {
    for index in rules.indices { change(&rules[index]) }
  }

  /// The same with meters of its own.
  func measuredApart() -> RulePack {
    var pack = self
    for index in rules.indices { pack.rules[index].meter = RuleMeter() }
    return pack
  }

  init(
    name: String,
    path: String,
    text: String,
    rules: [RuleCheck],
    references: [DeclaredReferenceCheck],
    extensions: [ObjectKind: KindExtension],
    tests: [RuleTest]
  ) {
    self.name = name
    self.path = path
    self.text = text
    self.rules = rules
    self.references = references
    self.extensions = extensions
    self.tests = tests
  }
}

/// A test of a pack: objects in, findings out.
package struct RuleTest: Sendable {
  package struct Expectation: Sendable, Hashable {
    package let rule: CheckID
    package let about: String
    /// `nil` where any will do.
    package let message: String?
  }

  package let name: String
  package let now: Timestamp
  package let before: [JSONValue]
  package let objects: [JSONValue]
  package let unknown: [ObjectKind]
  package let expected: [Expectation]
}
