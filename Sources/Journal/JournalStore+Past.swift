import GRDB
package import Healing
package import Inspection
package import KubernetesObjects
import LocalState
import WireFormats

/// What guardrails have to know of what was done before, by whichever program.
extension JournalStore {
  package func heals(
    of cluster: HealedCluster,
    since time: Timestamp
  ) async throws(JournalFailure) -> [PastHeal] {
    try await reading { database in try Self.heals(of: cluster, since: time, in: database) }
  }

  private static func heals(
    of cluster: HealedCluster,
    since time: Timestamp,
    in database: Database
  ) throws -> [PastHeal] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT id, begun, intent, outcome FROM heal
        WHERE begun >= ?1 AND (cluster = ?2 OR json_extract(intent, '$.server') = ?3)
        ORDER BY id
        """,
      arguments: [time.millisecondsSince1970, cluster.name, cluster.server]
    ).compactMap { try past($0, in: database) }
  }

  /// Whether the policy that begins a plan, if one does, has begun fewer than it may within the hour.
  static func mayBegin(_ intent: HealIntent, in database: Database) throws -> Bool {
    guard let policy = intent.policy, let limit = intent.policyLimit else { return true }
    let cluster = HealedCluster(name: intent.cluster, server: intent.server)
    let past = try heals(of: cluster, since: intent.time - .seconds(3600), in: database)
    return past.count { $0.policy == policy } < limit
  }

  /// A heal as far as it counts; `nil` where nothing was done.
  private static func past(_ row: Row, in database: Database) throws -> PastHeal? {
    let number: Int64 = row["id"]
    let begun = Timestamp(millisecondsSince1970: row["begun"])
    let intent = document(row["intent"]) ?? .null
    var tries: [ObjectKey: Timestamp] = [:]
    let outcome: String? = row["outcome"]
    if outcome == nil {
      for step in intent["steps"]?.arrayValue ?? [] {
        if let target = ObjectKey(step["target"]) { tries[target] = begun }
      }
    }
    // Whether what has no answer arrived is not known.
    let calls = try Row.fetchAll(
      database,
      sql: """
        SELECT target, max(sent, coalesce(answered, 0)) AS time FROM call
        WHERE heal = ? AND coalesce(isAccepted, 1) = 1
        """,
      arguments: [number]
    )
    for call in calls {
      guard let target = ObjectKey(document(call["target"])) else { continue }
      tries[target] = Timestamp(millisecondsSince1970: call["time"])
    }
    guard outcome == nil || !calls.isEmpty else { return nil }
    return PastHeal(
      id: HealIntent.ID(number),
      begun: begun,
      tries: tries,
      policy: intent["policy"]?.stringValue
    )
  }

  private static func document(_ text: String?) -> JSONValue? {
    text.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
  }

  package func reject(_ plans: [QueuedPlan], at time: Timestamp) async throws(JournalFailure) {
    try await writing { database in
      for plan in plans {
        try database.cachedStatement(
          sql: """
            INSERT OR IGNORE INTO note (finding, content, author, time, reason)
            VALUES (?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          plan.id.description, Self.rejected, UserName.atHost, time.millisecondsSince1970,
          "\(plan.plan.title), by policy \(plan.policy)",
        ])
      }
    }
  }

  /// What is said of a finding about which a person does not want a plan.
  private static let rejected = "rejected"

  package func rejections() async throws(JournalFailure) -> Set<FindingID> {
    try await reading { database in
      let ids = try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT finding FROM note WHERE content = ? AND NOT EXISTS (
            SELECT 1 FROM occurrence
            WHERE occurrence.finding = note.finding AND resolved >= note.time
          )
          """,
        arguments: [Self.rejected]
      )
      return Set(ids.compactMap { FindingID($0) })
    }
  }

  private func reading<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalFailure) -> Value {
    do throws(JournalProblem) {
      return try await database().read(body)
    } catch {
      throw JournalFailure(error.description)
    }
  }
}
