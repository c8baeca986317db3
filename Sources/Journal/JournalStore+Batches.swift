import GRDB
package import Healing
import Inspection
import KubernetesClient
package import KubernetesObjects
import LocalState
import WireFormats

/// What was confirmed together is written down whole before any of it is begun.
extension JournalStore {
  package func begin(_ batch: BatchIntent) async throws(JournalFailure) -> BatchIntent.ID {
    let plans = JSONValue.array(batch.members.map(\.document))
    let arguments: StatementArguments = [
      UserName.atHost, ProgramName.current.description, batch.time.millisecondsSince1970,
      String(decoding: plans.encoded(), as: UTF8.self),
    ]
    return try await writing { database in
      try database.execute(
        sql: "INSERT INTO batch (author, program, begun, plans) VALUES (?, ?, ?, ?)",
        arguments: arguments
      )
      return BatchIntent.ID(database.lastInsertedRowID)
    }
  }

  package func end(
    _ batch: BatchIntent.ID,
    _ reason: String,
    at time: Timestamp
  ) async throws(JournalFailure) {
    let arguments: StatementArguments = [time.millisecondsSince1970, reason, batch.number]
    try await writing { database in
      try database.execute(
        sql: "UPDATE batch SET ended = ?, reason = ? WHERE id = ? AND ended IS NULL",
        arguments: arguments
      )
    }
  }

  /// Plans that were confirmed together; `nil` where there are none of this number.
  package func batch(_ id: BatchIntent.ID) async throws(JournalProblem) -> BatchRecord? {
    try await batches(where: "id = ?", [id.number]).first
  }

  /// Those of which nobody wrote down that they ended, and that no program carries out any more; oldest
  /// first.
  ///
  /// What is another machine's is left to it.
  package func interruptedBatches() async throws(JournalProblem) -> [BatchRecord] {
    try await batches(where: "ended IS NULL ORDER BY id", []).filter {
      $0.program.isRunning == false
    }
  }

  private func batches(
    where condition: String,
    _ arguments: StatementArguments
  ) async throws(JournalProblem) -> [BatchRecord] {
    try await database().read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM batch WHERE \(condition)",
        arguments: arguments
      ).map { try BatchReader.record($0, in: database) }
    }
  }
}

/// Makes records of what the journal's tables say of plans that were confirmed together.
enum BatchReader {
  static func record(_ row: Row, in database: Database) throws -> BatchRecord {
    let number: Int64 = row["id"]
    let heals = try Row.fetchAll(
      database,
      sql: "SELECT * FROM heal WHERE batch = ?",
      arguments: [number]
    ).map { try HealReader.record($0, in: database) }
    let byPlace = Dictionary(
      heals.compactMap { heal in heal.place.map { ($0.number, heal) } },
      uniquingKeysWith: { first, _ in first }
    )
    let text: String = row["plans"]
    let plans = (try? JSONValue(parsing: Array(text.utf8)))?.arrayValue ?? []
    let ended: Int64? = row["ended"]
    return BatchRecord(
      id: BatchIntent.ID(number),
      begun: Timestamp(millisecondsSince1970: row["begun"]),
      author: row["author"],
      program: ProgramName(row["program"]) ?? .unknown,
      members: plans.enumerated().map { index, plan in
        let heal = byPlace[index + 1]
        return BatchRecord.Member(
          intent: BatchIntent.Member(plan),
          heal: heal?.id,
          outcome: heal?.outcome,
          words: heal?.outcomeInWords ?? "not begun"
        )
      },
      ended: ended.map(Timestamp.init(millisecondsSince1970:)),
      reason: row["reason"] ?? ""
    )
  }
}

extension BatchIntent.Member {
  var document: JSONValue {
    var document: JSONValue = ["cluster": .string(cluster), "title": .string(title)]
    switch wish {
    case .finding(let id, let remedy):
      document["finding"] = .string(id.description)
      document["remedy"] = .string(remedy.description)
    case .request(let action, let object):
      document["object"] = object.document
      switch action {
      case .delete(let propagation):
        document["action"] = "delete"
        document["propagation"] = .string(propagation.rawValue)
      case .scale(let replicas):
        document["action"] = "scale"
        document["replicas"] = .integer(Int64(replicas))
      case .plain(let id): document["action"] = .string(id.description)
      }
    case .other(let advice): document["advice"] = .string(advice)
    }
    return document
  }

  fileprivate init(_ document: JSONValue) {
    self.init(
      cluster: document["cluster"]?.stringValue ?? "",
      title: document["title"]?.stringValue ?? "",
      wish: Self.wish(document)
        ?? .other(document["advice"]?.stringValue ?? "It is not known to this KPatrol.")
    )
  }

  private static func wish(_ document: JSONValue) -> BatchIntent.Wish? {
    if let id = document["finding"]?.stringValue.flatMap(FindingID.init),
      let remedy = document["remedy"]?.stringValue
    {
      return .finding(id, RemedyID(stringLiteral: remedy))
    }
    guard let object = ObjectKey(document["object"]),
      let action = document["action"]?.stringValue
    else { return nil }
    switch action {
    case "delete":
      return document["propagation"]?.stringValue.flatMap(DeleteOptions.Propagation.init)
        .map { .request(.delete($0), object) }
    case "scale":
      return document["replicas"]?.integerValue.map { .request(.scale(to: Int($0)), object) }
    default: return .request(.plain(RemedyID(stringLiteral: action)), object)
    }
  }
}
