import GRDB
import Healing
import KubernetesObjects
package import WireFormats

/// The journal as JSON lines: an object for each finding, note, heal and batch, in the order of their kinds and times.
///
/// Members are only ever added. What is not known is left out; times are as RFC 3339 writes them; objects
/// are as their API server had them.
package enum JournalExport {
  /// Tells what the lines are like; another number where a program that reads them must be changed.
  static let version = 1

  static func line(of occurrence: Occurrence) -> JSONValue {
    var line: JSONValue = [
      "type": "finding", "version": .integer(Int64(version)), "id": .string(occurrence.finding),
      "cluster": .string(occurrence.cluster), "check": .string(occurrence.check),
      "severity": .string(occurrence.severity), "subject": .string(occurrence.subject),
      "message": .string(occurrence.message), "since": .string(occurrence.since.rfc3339),
      "raised": .string(occurrence.raised.rfc3339),
    ]
    if let resolved = occurrence.resolved {
      line["resolved"] = .string(resolved.rfc3339)
      line["wasSeenEnding"] = .boolean(occurrence.wasSeenEnding)
    }
    return line
  }

  static func line(of note: RecordedNote) -> JSONValue {
    var line: JSONValue = [
      "type": "note", "version": .integer(Int64(version)), "finding": .string(note.finding),
      "note": .string(note.content), "author": .string(note.author),
      "time": .string(note.time.rfc3339), "reason": .string(note.reason),
    ]
    line["until"] = note.until.map { .string($0.rfc3339) }
    return line
  }

  static func line(of heal: HealRecord) -> JSONValue {
    var line: JSONValue = [
      "type": "heal", "version": .integer(Int64(version)), "id": .integer(heal.id.number),
      "time": .string(heal.begun.rfc3339), "author": .string(heal.author),
      "cluster": .string(heal.cluster), "server": .string(heal.server),
      "subject": .string(heal.subject), "remedy": .string(heal.remedy),
      "title": .string(heal.title), "benefit": .string(heal.benefit),
      "disruption": .string(heal.disruption), "undo": .string(heal.undo),
      "grade": .string(heal.grade), "reason": .string(heal.reason),
      "undoneBy": .array(heal.undoneBy.map { .integer($0.number) }),
      "guardrails": .array(
        heal.verdicts.map { verdict in
          [
            "rule": .string(verdict.rule), "broken": .boolean(verdict.isBroken),
            "reason": .string(verdict.reason),
          ]
        }
      ),
      "steps": .array(heal.steps.indices.map { step(heal.steps[$0], number: $0, of: heal) }),
      "proofs": .array(
        heal.proofs.map { ["time": .string($0.time.rfc3339), "proof": .string($0.text)] }
      ),
    ]
    line["kubernetesUser"] = heal.kubernetesUser.map { .string($0) }
    line["finding"] = heal.finding.map { .string($0) }
    line["undoes"] = heal.undoes.map { .integer($0.number) }
    line["batch"] = heal.place.map { place -> JSONValue in
      ["number": .integer(Int64(place.number)), "count": .integer(Int64(place.count))]
    }
    if let batch = heal.batch { line[path: "batch", "id"] = .integer(batch.number) }
    line["ended"] = heal.ended.map { .string($0.rfc3339) }
    if let outcome = heal.outcome {
      line["outcome"] = .string(outcome.rawValue)
      line["detail"] = .string(heal.detail)
    }
    return line
  }

  static func line(of batch: BatchRecord) -> JSONValue {
    var line: JSONValue = [
      "type": "batch", "version": .integer(Int64(version)), "id": .integer(batch.id.number),
      "time": .string(batch.begun.rfc3339), "author": .string(batch.author),
      "reason": .string(batch.reason),
      "plans": .array(
        batch.members.map { member in
          var plan = member.intent.document
          plan["heal"] = member.heal.map { .integer($0.number) }
          return plan
        }
      ),
    ]
    line["ended"] = batch.ended.map { .string($0.rfc3339) }
    return line
  }

  private static func step(
    _ step: HealRecord.Step,
    number: Int,
    of heal: HealRecord
  ) -> JSONValue {
    var value: JSONValue = [
      "target": step.target.document, "summary": .string(step.summary),
      "precondition": .string(step.precondition), "command": .string(step.command),
    ]
    guard let call = heal.calls.first(where: { $0.step == number }) else { return value }
    value["request"] = [
      "time": .string(call.sent.rfc3339), "method": .string(call.method),
      "path": .string(call.path), "contentType": .string(call.contentType), "body": call.body,
    ]
    value["backup"] = call.backup
    guard let answer = call.answer else { return value }
    value["answer"] =
      switch answer {
      case .accepted(let uid, let version):
        [
          "accepted": true, "uid": .string(uid), "resourceVersion": .string(version),
        ]
      case .refused(let reason): ["accepted": false, "reason": .string(reason)]
      }
    value[path: "answer", "time"] = call.answered.map { .string($0.rfc3339) }
    return value
  }

  /// A line as a file and a terminal may have it: what steers a terminal, or is not seen, is escaped.
  package static func text(of line: JSONValue) -> String {
    var text = ""
    for scalar in String(decoding: line.encoded(), as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\n"
  }
}

extension JournalStore {
  /// Hands over all lines of ``JournalExport``, as the journal is at one moment.
  package func export(
    _ write: @escaping @Sendable (String) throws -> Void
  ) async throws {
    try await database().readThrowing { database in
      let occurrences = try Row.fetchCursor(database, sql: "SELECT * FROM occurrence ORDER BY id")
      while let row = try occurrences.next() {
        try write(JournalExport.text(of: JournalExport.line(of: Occurrence(row))))
      }
      let notes = try Row.fetchCursor(database, sql: "SELECT * FROM note ORDER BY time, id")
      while let row = try notes.next() {
        try write(JournalExport.text(of: JournalExport.line(of: RecordedNote(row))))
      }
      let heals = try Row.fetchCursor(database, sql: "SELECT * FROM heal ORDER BY id")
      while let row = try heals.next() {
        let record = try HealReader.record(row, in: database)
        try write(JournalExport.text(of: JournalExport.line(of: record)))
      }
      let batches = try Row.fetchCursor(database, sql: "SELECT * FROM batch ORDER BY id")
      while let row = try batches.next() {
        let record = try BatchReader.record(row, in: database)
        try write(JournalExport.text(of: JournalExport.line(of: record)))
      }
    }
  }
}
