import GRDB
import Healing
import KubernetesObjects
import WireFormats

/// Makes records of what the journal's tables say of plans.
enum HealReader {
  static func record(_ row: Row, in database: Database) throws -> HealRecord {
    let number: Int64 = row["id"]
    let intent = document(row["intent"]) ?? .null
    let undoes: Int64? = row["undoes"]
    let outcome: String? = row["outcome"]
    return HealRecord(
      id: HealIntent.ID(number),
      begun: Timestamp(millisecondsSince1970: row["begun"]),
      author: row["author"],
      program: ProgramName(row["program"]) ?? .unknown,
      cluster: row["cluster"],
      server: intent.text("server"),
      kubernetesUser: intent["kubernetesUser"]?.stringValue,
      finding: row["finding"],
      subject: intent.text("subject"),
      undoes: undoes.map { HealIntent.ID($0) },
      undoneBy: try Int64.fetchAll(
        database,
        sql: "SELECT id FROM heal WHERE undoes = ? ORDER BY id",
        arguments: [number]
      ).map { HealIntent.ID($0) },
      remedy: intent.text("remedy"),
      title: row["title"],
      benefit: intent.text("benefit"),
      disruption: intent.text("disruption"),
      undo: intent.text("undo"),
      grade: intent.text("grade"),
      verdicts: (intent["guardrails"]?.arrayValue ?? []).map(verdict),
      reason: intent.text("reason"),
      place: place(intent["batch"]),
      batch: (row["batch"] as Int64?).map { BatchIntent.ID($0) },
      steps: (intent["steps"]?.arrayValue ?? []).compactMap(step),
      calls: try Row.fetchAll(
        database,
        sql: "SELECT * FROM call WHERE heal = ? ORDER BY step",
        arguments: [number]
      ).compactMap(call),
      outcome: outcome.flatMap(HealRecord.Outcome.init(rawValue:)),
      detail: row["detail"] ?? "",
      ended: time(row["ended"]),
      proofs: try Row.fetchAll(
        database,
        sql: "SELECT time, proof FROM proof WHERE heal = ? ORDER BY id",
        arguments: [number]
      ).map { row in
        HealRecord.Proof(
          time: Timestamp(millisecondsSince1970: row["time"]),
          text: row["proof"]
        )
      }
    )
  }

  private static func verdict(_ document: JSONValue) -> HealRecord.Verdict {
    HealRecord.Verdict(
      rule: document.text("rule"),
      isBroken: document["isBroken"]?.booleanValue ?? false,
      reason: document.text("reason")
    )
  }

  private static func place(_ document: JSONValue?) -> BatchPlace? {
    guard let number = document?["number"]?.integerValue,
      let count = document?["count"]?.integerValue
    else { return nil }
    return BatchPlace(number: Int(number), count: Int(count))
  }

  private static func step(_ document: JSONValue) -> HealRecord.Step? {
    guard let target = ObjectKey(document["target"]) else { return nil }
    return HealRecord.Step(
      target: target,
      summary: document.text("summary"),
      precondition: document.text("precondition"),
      command: document.text("command")
    )
  }

  private static func call(_ row: Row) -> HealRecord.Call? {
    guard let target = ObjectKey(document(row["target"])) else { return nil }
    var answer: HealRecord.Call.Answer?
    if let isAccepted: Bool = row["isAccepted"], let document = document(row["answer"]) {
      answer =
        isAccepted
        ? .accepted(
          uid: document.text("uid"),
          resourceVersion: document.text("resourceVersion")
        ) : .refused(document.text("reason"))
    }
    return HealRecord.Call(
      step: row["step"],
      sent: Timestamp(millisecondsSince1970: row["sent"]),
      target: target,
      method: row["method"],
      path: row["path"],
      contentType: row["contentType"],
      body: document(row["body"]) ?? .null,
      backup: document(row["backup"]),
      answered: time(row["answered"]),
      answer: answer
    )
  }

  private static func document(_ text: String?) -> JSONValue? {
    text.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
  }

  private static func time(_ milliseconds: Int64?) -> Timestamp? {
    milliseconds.map(Timestamp.init(millisecondsSince1970:))
  }
}

extension JSONValue {
  fileprivate func text(_ key: String) -> String { self[key]?.stringValue ?? "" }
}
