package import KubernetesObjects
package import NameMatching

/// A user's word that certain findings are no news: they are kept, and shown as muted.
///
/// What is not said of them may be anything.
package struct Mute: Sendable, Equatable {
  package var check: NamePattern?
  package var namespace: NamePattern?
  package var name: NamePattern?
  package var labels: [String: String]
  /// Who answers for what is muted.
  package var team: String?
  /// When it no longer holds; `nil` for ever.
  package var until: Timestamp?
  package var reason: String

  package init(
    check: NamePattern? = nil,
    namespace: NamePattern? = nil,
    name: NamePattern? = nil,
    labels: [String: String] = [:],
    team: String? = nil,
    until: Timestamp? = nil,
    reason: String
  ) {
    self.check = check
    self.namespace = namespace
    self.name = name
    self.labels = labels
    self.team = team
    self.until = until
    self.reason = reason
  }
}

/// That a finding is muted, and why.
package struct Muting: Hashable, Sendable {
  package let reason: String
  /// Until when; `nil` for ever.
  package let until: Timestamp?
  /// The person who muted just this finding; `nil` where the configuration or an annotation does.
  package let author: String?

  package init(reason: String, until: Timestamp? = nil, author: String? = nil) {
    self.reason = reason
    self.until = until
    self.author = author
  }
}
