import GRDB
package import KubernetesObjects

/// How many heals ended in one way.
package struct HealCount: Sendable, Equatable {
  /// The remedy's id.
  package let remedy: String
  /// As the journal has it: `accepted`, `refused`, `failed`.
  package let outcome: String
  package let count: Int

  package init(remedy: String, outcome: String, count: Int) {
    self.remedy = remedy
    self.outcome = outcome
    self.count = count
  }
}

extension JournalStore {
  /// How the heals ended that ended since then, by remedy, whichever program carried them out.
  package func healCounts(since start: Timestamp) async throws(JournalProblem) -> [HealCount] {
    try await database().read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT json_extract(intent, '$.remedy') AS remedy, outcome, COUNT(*) AS count FROM heal
          WHERE ended >= ? AND outcome IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
          """,
        arguments: [start.millisecondsSince1970]
      ).map { row in
        HealCount(remedy: row["remedy"] ?? "", outcome: row["outcome"], count: row["count"])
      }
    }
  }
}
