import CEL
import KubernetesObjects

/// What a rule does not apply to, and why.
struct RuleException: Sendable {
  let match: RuleMatch
  /// What has to hold besides; an error is taken for no.
  let condition: CELProgram?
  /// When it ends; `nil` where it does not.
  let end: Timestamp?

  /// Whether it is about an object.
  func covers(_ kind: ObjectKind, _ metadata: ObjectMetadata, _ scene: RuleScene) -> Bool {
    guard match.includes(kind, metadata) else { return false }
    guard let condition else { return true }
    guard case .bool(true)? = try? condition.evaluate(scene) else { return false }
    return true
  }
}
