package import Journal

/// What the journal answered to a query.
package struct JournalPage: Sendable, Equatable {
  package var entries: [JournalEntry]
  /// Why it could not be read, and what to do; `nil` where it could.
  package var problem: String?

  package init(entries: [JournalEntry] = [], problem: String? = nil) {
    self.entries = entries
    self.problem = problem
  }
}

/// All that the journal knows of one of its lines.
package enum JournalDetail: Sendable {
  case heal(HealRecord)
  case finding(FindingRecord)
  case batch(BatchRecord)
  case failed(String)
}
