import GRDB
package import Inspection
import KubernetesObjects

extension JournalStore {
  /// Writes what became of findings, as one transaction.
  ///
  /// Several programs may watch one cluster, and tell the same of it: a finding has one occurrence that is
  /// not over, which whoever comes first begins and ends. What is told late, as that it was raised before
  /// it was resolved, changes nothing.
  func add(_ batch: FindingsHistory.Batch) async throws(JournalProblem) {
    try await database().write { database in
      for change in batch.changes {
        switch change {
        case .raised(let finding, let time): try Self.raise(finding, at: time, in: database)
        case .resolved(let finding, let time):
          try database.cachedStatement(
            sql: """
              UPDATE occurrence SET resolved = max(?2, raised)
              WHERE finding = ?1 AND resolved IS NULL
              """
          ).execute(arguments: [finding.id.description, time.millisecondsSince1970])
        case .looked(let look): try Self.end(whatIsOverBy: look, in: database)
        case .foundOver(let id, let time):
          try Self.end("finding = ?1 AND resolved IS NULL", id.description, by: time, in: database)
        }
      }
    }
  }

  private static func raise(
    _ finding: Finding,
    at time: Timestamp,
    in database: Database
  ) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO occurrence
          (finding, cluster, checkID, severity, subject, message, since, raised, namespace)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
        WHERE NOT EXISTS (
          SELECT 1 FROM occurrence
          WHERE finding = ?1 AND (resolved IS NULL OR resolved >= ?8)
        )
        """
    ).execute(arguments: [
      finding.id.description, finding.cluster, finding.check.description, finding.severity.name,
      finding.subject.description, finding.message, finding.since.millisecondsSince1970,
      time.millisecondsSince1970, finding.subject.namespace,
    ])
  }

  private static func end(whatIsOverBy look: FirstLook, in database: Database) throws {
    let findings = Set(look.findings.map(\.description))
    let open = try Row.fetchAll(
      database,
      sql: """
        SELECT id, finding, checkID, namespace FROM occurrence
        WHERE cluster = ? AND resolved IS NULL
        """,
      arguments: [look.cluster]
    )
    for row in open where !findings.contains(row["finding"]) {
      guard let namespace: String = row["namespace"] ?? (look.coverage.isEverything ? "" : nil),
        look.sees(CheckID(stringLiteral: row["checkID"]), in: namespace)
      else { continue }
      try end("id = ?1", row["id"] as Int64, by: look.time, in: database)
    }
  }

  /// Ends an occurrence whose end nobody saw.
  private static func end(
    _ condition: String,
    _ value: any DatabaseValueConvertible,
    by time: Timestamp,
    in database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE occurrence SET resolved = max(?2, raised), wasSeenEnding = 0
        WHERE \(condition) AND raised < ?2
        """,
      arguments: [value, time.millisecondsSince1970]
    )
  }

  /// Writes what people said of findings; what is there already stays as it is.
  package func add(_ notes: [FindingNote]) async throws(JournalProblem) {
    try await database().write { database in
      for note in notes {
        var until: Int64?
        if case .muted(let end) = note.content { until = end?.millisecondsSince1970 }
        try database.cachedStatement(
          sql: """
            INSERT OR IGNORE INTO note (finding, content, until, author, time, reason)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          note.finding.description, note.content.name, until, note.author,
          note.time.millisecondsSince1970, note.reason,
        ])
      }
    }
  }
}

extension FindingNote.Content {
  fileprivate var name: String {
    switch self {
    case .acknowledged: "acknowledged"
    case .muted: "muted"
    case .unacknowledged: "unacknowledged"
    case .unmuted: "unmuted"
    }
  }
}
