import Inspection
import KubernetesObjects
import YAMLReading

/// A rule as it was read, before its expressions are checked.
struct RuleDraft {
  let id: CheckID
  let title: String
  let match: RuleMatch
  let filter: RuleText?
  let condition: RuleText
  let message: (pieces: [MessageTemplate.Piece], place: FieldPlace)
  let evidence: [RuleText]
  let severity: Severity
  let settles: Duration
  let explanation: String
  let remedies: [RemedyDraft<RuleText>]
}

/// A reference as it was read.
struct ReferenceDraft {
  let id: CheckID
  let title: String
  let kind: ObjectKind
  let reference: DeclaredReference
  let field: String
  let severity: Severity
  let settles: Duration
  let explanation: String
}

/// A row of the causes as it was read.
struct CauseDraft {
  let cause: CheckID
  let explanation: Explanation
}

/// An exception as it was read.
struct ExceptionDraft {
  let rules: NameFilter
  let match: RuleMatch
  let condition: RuleText?
  let end: Timestamp?
}
