package import KubernetesObjects

/// A fault that has held for longer than its settle window.
package struct Finding: Hashable, Sendable, Identifiable {
  package let id: FindingID
  package let cluster: String
  package let check: CheckID
  package let severity: Severity
  package let subject: VertexID
  /// One sentence that names the things involved.
  package let message: String
  package let evidence: [Evidence]
  /// The other vertices that the fault is about.
  package let related: [VertexID]
  package let remedies: [RemedyID]
  /// When the condition began, as far as is known.
  package let since: Timestamp
  /// Whether it may have begun later: it was there when the watch began, and its object tells only
  /// since when at most.
  package let mayBeYounger: Bool
  /// When the condition last ended, where it keeps coming back: such a finding is kept until it has
  /// stayed away for ``FlapMemory/quiet``.
  package internal(set) var awaySince: Timestamp?
  /// Why it is no news to its users; `nil` where it is.
  package var muting: Muting?

  package init(
    id: FindingID,
    cluster: String,
    check: CheckID,
    severity: Severity,
    subject: VertexID,
    message: String,
    evidence: [Evidence],
    related: [VertexID],
    remedies: [RemedyID],
    since: Timestamp,
    mayBeYounger: Bool = false
  ) {
    self.id = id
    self.cluster = cluster
    self.check = check
    self.severity = severity
    self.subject = subject
    self.message = message
    self.evidence = evidence
    self.related = related
    self.remedies = remedies
    self.since = since
    self.mayBeYounger = mayBeYounger
  }

  /// The order in which findings are shown: worst first, then oldest first; muted ones last.
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if (left.muting == nil) != (right.muting == nil) { return left.muting == nil }
    if left.severity != right.severity { return left.severity < right.severity }
    if left.since != right.since { return left.since < right.since }
    if left.check != right.check { return left.check < right.check }
    return left.id < right.id
  }
}

/// A value that proves a finding, and where it stands.
package struct Evidence: Hashable, Sendable {
  /// The object that holds it.
  package let source: VertexID
  /// The field's path: `status.podIP`.
  package let path: String
  package let value: String

  package init(_ source: VertexID, _ path: String, _ value: String) {
    self.source = source
    self.path = path
    self.value = value
  }
}
