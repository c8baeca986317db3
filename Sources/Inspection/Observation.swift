package import KubernetesObjects

/// What a check saw; it becomes a finding once it has held for the check's settle window.
package struct Observation: Hashable, Sendable {
  /// When the condition began.
  package enum Beginning: Hashable, Sendable {
    /// When it is first seen.
    case whenSeen
    /// When it is first seen; but one look shows nothing, since for a moment it is ordinary.
    case whenSeenTwice
    /// At this time: the object tells.
    case at(Timestamp)
    /// At this time where it already held when the watch began, otherwise when it is first seen.
    case notBefore(Timestamp?)
    /// At this time, which may be to come: the subject is looked at again then.
    case from(Timestamp)
  }

  /// That it matters more from some time on.
  package struct Escalation: Hashable, Sendable {
    package let time: Timestamp
    package let severity: Severity

    package init(at time: Timestamp, to severity: Severity) {
      self.time = time
      self.severity = severity
    }
  }

  package let message: String
  package var evidence: [Evidence]
  /// The vertex that the finding is about, where it is not the inspected one.
  package var subject: VertexID?
  package var related: [VertexID]
  /// `nil` for those of the check.
  package var remedies: [RemedyID]?
  package var beginning: Beginning
  /// When the condition is over by itself; `nil` where it needs a change.
  package var end: Timestamp?
  /// How much it matters, where that is not what the check says.
  package var severity: Severity?
  package var escalation: Escalation?
  /// What it has in common with others of the check; `nil` where each is told for itself.
  package var likeness: Likeness?
  /// Tells several findings of one check about one subject apart.
  package var discriminator: String

  package init(
    _ message: String,
    evidence: [Evidence] = [],
    subject: VertexID? = nil,
    related: [VertexID] = [],
    remedies: [RemedyID]? = nil,
    beginning: Beginning = .whenSeen,
    end: Timestamp? = nil,
    severity: Severity? = nil,
    escalation: Escalation? = nil,
    likeness: Likeness? = nil,
    discriminator: String = ""
  ) {
    self.message = message
    self.evidence = evidence
    self.subject = subject
    self.related = related
    self.remedies = remedies
    self.beginning = beginning
    self.end = end
    self.severity = severity
    self.escalation = escalation
    self.likeness = likeness
    self.discriminator = discriminator
  }
}
