package import KubernetesObjects

/// What a check saw; it becomes a finding once it has held for the check's settle window.
package struct Observation: Hashable, Sendable {
  /// When the condition began.
  package enum Beginning: Hashable, Sendable {
    /// When it is first seen.
    case whenSeen
    /// At this time: the object tells.
    case at(Timestamp)
    /// At this time where it already held when the watch began, otherwise when it is first seen.
    case notBefore(Timestamp?)
  }

  package let message: String
  package var evidence: [Evidence]
  /// The vertex that the finding is about, where it is not the inspected one.
  package var subject: VertexID?
  package var related: [VertexID]
  package var remedies: [RemedyID]
  package var beginning: Beginning
  /// Tells several findings of one check about one subject apart.
  package var discriminator: String

  package init(
    _ message: String,
    evidence: [Evidence] = [],
    subject: VertexID? = nil,
    related: [VertexID] = [],
    remedies: [RemedyID] = [],
    beginning: Beginning = .whenSeen,
    discriminator: String = ""
  ) {
    self.message = message
    self.evidence = evidence
    self.subject = subject
    self.related = related
    self.remedies = remedies
    self.beginning = beginning
    self.discriminator = discriminator
  }
}
