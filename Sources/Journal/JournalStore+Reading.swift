import GRDB
package import Healing
import KubernetesObjects
import WireFormats

extension JournalStore {
  /// The newest lines that a query means, newest first.
  package func entries(_ query: JournalQuery) async throws(JournalProblem) -> [JournalEntry] {
    try await database().read { database in
      var entries: [JournalEntry] = []
      for kind in query.kinds { entries += try EntryReader(query).entries(kind, in: database) }
      entries.sort { ($0.time, $0.number) > ($1.time, $1.number) }
      return Array(entries.prefix(query.limit))
    }
  }

  /// A plan that was begun; `nil` where there is none of this number.
  package func heal(_ id: HealIntent.ID) async throws(JournalProblem) -> HealRecord? {
    try await database().read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM heal WHERE id = ?",
        arguments: [id.number]
      )
      return try row.map { try HealReader.record($0, in: database) }
    }
  }

  /// The plans that were begun because of a finding, newest first.
  package func heals(ofFinding finding: String) async throws(JournalProblem) -> [HealRecord] {
    try await heals(where: "finding = ? ORDER BY id DESC", [finding])
  }

  /// The plans of which nobody wrote down how they ended, and which no program carries out any more;
  /// oldest first.
  ///
  /// What is another machine's is left to it.
  package func interruptedHeals() async throws(JournalProblem) -> [HealRecord] {
    try await heals(where: "outcome IS NULL ORDER BY id", []).filter {
      $0.program.isRunning == false
    }
  }

  private func heals(
    where condition: String,
    _ arguments: [String]
  ) async throws(JournalProblem) -> [HealRecord] {
    try await database().read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM heal WHERE \(condition)",
        arguments: StatementArguments(arguments)
      ).map { try HealReader.record($0, in: database) }
    }
  }

  /// All that is known of a finding; `nil` where that is nothing.
  package func finding(_ id: String) async throws(JournalProblem) -> FindingRecord? {
    let record = FindingRecord(
      id: id,
      occurrences: try await occurrences(ofFinding: id),
      notes: try await notes(ofFinding: id),
      heals: try await heals(ofFinding: id)
    )
    let isEmpty = record.occurrences.isEmpty && record.notes.isEmpty && record.heals.isEmpty
    return isEmpty ? nil : record
  }

  /// When a finding came and went, newest first.
  package func occurrences(
    ofFinding finding: String
  ) async throws(JournalProblem) -> [Occurrence] {
    try await database().read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM occurrence WHERE finding = ? ORDER BY id DESC",
        arguments: [finding]
      ).map(Occurrence.init)
    }
  }

  /// What people said of a finding, newest first.
  package func notes(ofFinding finding: String) async throws(JournalProblem) -> [RecordedNote] {
    try await database().read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM note WHERE finding = ? ORDER BY time DESC, id DESC",
        arguments: [finding]
      ).map(RecordedNote.init)
    }
  }
}

/// Reads lines of one kind.
private struct EntryReader {
  let query: JournalQuery

  init(_ query: JournalQuery) { self.query = query }

  private var arguments: StatementArguments {
    [query.since?.millisecondsSince1970 ?? 0, query.cluster, query.cluster, query.limit]
  }

  func entries(_ kind: JournalEntry.Kind, in database: Database) throws -> [JournalEntry] {
    switch kind {
    case .batch:
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM batch WHERE begun >= ?1 AND (?2 IS NULL OR EXISTS (
            SELECT 1 FROM json_each(plans) WHERE json_extract(json_each.value, '$.cluster') = ?3
          )) ORDER BY begun DESC, id DESC LIMIT ?4
          """,
        arguments: arguments
      ).map { JournalEntry(try BatchReader.record($0, in: database)) }
    case .finding:
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM occurrence WHERE max(raised, coalesce(resolved, 0)) >= ?
            AND (? IS NULL OR cluster = ?)
          ORDER BY raised DESC, id DESC LIMIT ?
          """,
        arguments: arguments
      ).map { JournalEntry(Occurrence($0), number: $0["id"]) }
    case .note:
      try Row.fetchAll(
        database,
        sql: """
          SELECT *,
            (SELECT cluster FROM occurrence WHERE finding = note.finding
              ORDER BY id DESC LIMIT 1) AS cluster,
            (SELECT message FROM occurrence WHERE finding = note.finding
              ORDER BY id DESC LIMIT 1) AS message
          FROM note WHERE time >= ? AND (? IS NULL OR cluster = ?)
          ORDER BY time DESC, id DESC LIMIT ?
          """,
        arguments: arguments
      ).map { row in
        JournalEntry(
          RecordedNote(row),
          number: row["id"],
          cluster: row["cluster"],
          message: row["message"]
        )
      }
    case .heal:
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, begun, author, cluster, title, outcome, detail, program,
            (SELECT proof FROM proof WHERE heal = heal.id ORDER BY proof.id DESC LIMIT 1) AS proof,
            (SELECT max(id) FROM heal AS other WHERE other.undoes = heal.id
              AND other.outcome = 'accepted') AS undone
          FROM heal WHERE begun >= ? AND (? IS NULL OR cluster = ?)
          ORDER BY begun DESC, id DESC LIMIT ?
          """,
        arguments: arguments
      ).map(JournalEntry.init(heal:))
    }
  }
}

extension JournalEntry {
  fileprivate init(_ occurrence: Occurrence, number: Int64) {
    self.init(
      .finding,
      number,
      id: occurrence.finding,
      time: occurrence.raised,
      author: "",
      cluster: occurrence.cluster,
      text: occurrence.message,
      outcome: occurrence.outcome
    )
  }

  fileprivate init(_ note: RecordedNote, number: Int64, cluster: String?, message: String?) {
    self.init(
      .note,
      number,
      id: note.finding,
      time: note.time,
      author: note.author,
      cluster: cluster ?? "",
      text: message ?? "Finding \(note.finding)",
      outcome: note.reason.isEmpty ? note.content : "\(note.content): \(note.reason)"
    )
  }

  fileprivate init(_ batch: BatchRecord) {
    self.init(
      .batch,
      batch.id.number,
      id: "batch-\(batch.id.number)",
      time: batch.begun,
      author: batch.author,
      cluster: batch.cluster,
      text: batch.title,
      outcome: batch.outcomeInWords
    )
  }

  fileprivate init(heal row: Row) {
    let number: Int64 = row["id"]
    self.init(
      .heal,
      number,
      id: String(number),
      time: Timestamp(millisecondsSince1970: row["begun"]),
      author: row["author"],
      cluster: row["cluster"],
      text: row["title"],
      outcome: HealRecord.words(
        outcome: row["outcome"],
        detail: row["detail"] ?? "",
        proof: row["proof"],
        undone: row["undone"],
        program: ProgramName(row["program"])
      )
    )
  }
}
