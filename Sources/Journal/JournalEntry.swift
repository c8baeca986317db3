package import KubernetesObjects

/// A line of the journal, as lists show it.
package struct JournalEntry: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case batch
    case finding
    case heal
    case note
  }

  package let kind: Kind
  /// Tells it from all others of its kind; a later one has a greater one.
  package let number: Int64
  /// The number of a heal, `batch-` and that of a batch, or the id of the finding that it is about.
  package let id: String
  package let time: Timestamp
  /// `user@host`; empty where nobody did anything.
  package let author: String
  /// Empty where it is not known, as of a note about a finding that is forgotten.
  package let cluster: String
  /// What happened, as a sentence or a title.
  package let text: String
  /// What became of it: `resolved after 3m`, `healed`.
  package let outcome: String

  package init(
    _ kind: Kind,
    _ number: Int64,
    id: String,
    time: Timestamp,
    author: String,
    cluster: String,
    text: String,
    outcome: String
  ) {
    self.kind = kind
    self.number = number
    self.id = id
    self.time = time
    self.author = author
    self.cluster = cluster
    self.text = text
    self.outcome = outcome
  }
}

/// Which lines of the journal are asked for.
package struct JournalQuery: Sendable, Equatable {
  package var since: Timestamp?
  package var cluster: String?
  package var kinds: Set<JournalEntry.Kind>
  /// The newest so many.
  package var limit: Int

  package init(
    since: Timestamp? = nil,
    cluster: String? = nil,
    kinds: Set<JournalEntry.Kind> = Set(JournalEntry.Kind.allCases),
    limit: Int = 1000
  ) {
    self.since = since
    self.cluster = cluster
    self.kinds = kinds
    self.limit = limit
  }
}
