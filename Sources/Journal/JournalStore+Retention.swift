import GRDB
package import KubernetesObjects

/// How much of what happened is kept.
package struct JournalRetention: Sendable, Equatable {
  /// For how long what is over is kept.
  package var age: Duration
  /// How large the file may grow, in bytes.
  package var size: Int

  package init(age: Duration = .seconds(90 * 86_400), size: Int = 256 << 20) {
    self.age = age
    self.size = size
  }
}

extension JournalStore {
  /// How often it is looked whether something is too old.
  private static let interval = Duration.seconds(3600)

  /// Forgets what is too old or too much, now and every hour, until the task is cancelled.
  package func keep(
    within retention: JournalRetention,
    now: @Sendable () -> Timestamp,
    sleep: @Sendable (Duration) async throws -> Void
  ) async {
    repeat {
      // Whatever is in the way is told by those who write.
      try? await forget(beyond: retention, at: now())
    } while (try? await sleep(Self.interval)) != nil
  }

  /// Forgets what is over and too old, and the oldest of what is over where the file is too large.
  ///
  /// What is not over stays: findings that are there, and plans of which nobody knows how they ended.
  package func forget(
    beyond retention: JournalRetention,
    at now: Timestamp
  ) async throws(JournalProblem) {
    let file = try await database()
    let limit = (now - retention.age).millisecondsSince1970
    try await file.write { try Self.forget(before: limit, in: $0) }
    while try await file.read({ try Self.size(of: $0) }) > retention.size {
      let changes = try await file.write { database in
        guard let limit = try Self.timeOfOldest(500, in: database) else { return 0 }
        let before = database.totalChangesCount
        try Self.forget(before: limit + 1, in: database)
        return database.totalChangesCount - before
      }
      guard changes > 0 else { break }
    }
    try await file.maintain { database in
      try database.execute(sql: "PRAGMA incremental_vacuum")
      _ = try database.checkpoint(.passive)
    }
  }

  private static func forget(before limit: Int64, in database: Database) throws {
    for sql in [
      "DELETE FROM occurrence WHERE resolved < ?",
      "DELETE FROM note WHERE time < ?",
      "DELETE FROM batch WHERE ended < ?",
      // What is forgotten of a batch that is not would look as if it had not been begun.
      """
      DELETE FROM heal WHERE outcome IS NOT NULL AND coalesce(ended, begun) < ?
        AND (batch IS NULL OR batch NOT IN (SELECT id FROM batch))
      """,
    ] { try database.execute(sql: sql, arguments: [limit]) }
  }

  /// How much of the file is in use, in bytes.
  private static func size(of database: Database) throws -> Int {
    func value(_ name: String) throws -> Int {
      try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0
    }
    return try (value("page_count") - value("freelist_count")) * value("page_size")
  }

  /// When the last of the so many oldest that are over ended; `nil` where nothing is over.
  private static func timeOfOldest(_ count: Int, in database: Database) throws -> Int64? {
    try Int64.fetchOne(
      database,
      sql: """
        SELECT max(time) FROM (
          SELECT time FROM (
            SELECT resolved AS time FROM occurrence WHERE resolved IS NOT NULL
            UNION ALL SELECT time FROM note
            UNION ALL SELECT coalesce(ended, begun) FROM heal WHERE outcome IS NOT NULL
            UNION ALL SELECT ended FROM batch WHERE ended IS NOT NULL
          ) ORDER BY time LIMIT ?
        )
        """,
      arguments: [count]
    )
  }
}
