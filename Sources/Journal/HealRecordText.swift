package import Healing
package import KubernetesObjects
package import WireFormats

/// What there is to say of a plan that was begun, in lines for terminals and screens.
package struct HealRecordText: Sendable, Equatable {
  package private(set) var lines: [JournalLine] = []

  package init(_ record: HealRecord) {
    add("Heal \(record.id): \(record.title)", .heading)
    add("  When      ", record.begun.rfc3339 + Self.end(of: record))
    let user = record.kubernetesUser.map { ", as Kubernetes user \($0)" } ?? ""
    add("  Who       ", "\(record.author)\(user)")
    add("  Cluster   ", "\(record.cluster), \(record.server)")
    add("  About     ", Self.cause(of: record))
    add("  Why       ", record.benefit)
    add("  Reason    ", record.reason)
    add("  Confirmed ", "by \(record.grade)")
    add("  Batch     ", record.place?.description ?? "")
    add("  Disturbs  ", record.disruption)
    let isGood = record.outcome == .accepted && record.proofs.last?.text != "did not help"
    add("  Outcome   ", record.outcomeInWords, isGood ? .good : .bad)
    for proof in record.proofs { add("            ", "\(proof.time.rfc3339) \(proof.text)") }
    add("  Undo      ", record.undo)
    addGuardrails(of: record)
    for (index, step) in record.steps.enumerated() { add(step, index, of: record) }
  }

  private static func end(of record: HealRecord) -> String {
    record.ended.map { " until \($0.rfc3339)" } ?? ""
  }

  private static func cause(of record: HealRecord) -> String {
    if let undone = record.undoes { return "\(record.subject), to take heal \(undone) back" }
    return record.finding.map { "\(record.subject), finding \($0)" }
      ?? "\(record.subject), by hand"
  }

  private mutating func addGuardrails(of record: HealRecord) {
    guard !record.verdicts.isEmpty else { return }
    add("", .plain)
    add("Guardrails", .heading)
    for verdict in record.verdicts {
      let word = verdict.isBroken ? "broken" : "passed"
      add("  \(word)  ", "\(verdict.rule): \(verdict.reason)", verdict.isBroken ? .bad : .good)
    }
  }

  private mutating func add(_ step: HealRecord.Step, _ index: Int, of record: HealRecord) {
    add("", .plain)
    add("Step \(index + 1) of \(record.steps.count): \(step.summary)", .heading)
    add("  If        ", step.precondition)
    add("  By hand   ", step.command, .code)
    guard let call = record.calls.first(where: { $0.step == index }) else {
      return add("  Nothing was sent.", .plain)
    }
    let type = call.contentType.isEmpty ? "" : ", \(call.contentType)"
    add("  Sent      ", "\(call.sent.rfc3339) \(call.method) \(call.path)\(type)", .code)
    if call.body != .null {
      let body = SealedPart.hidden(in: call.body)
      add("  Body      ", String(decoding: body.encoded(), as: UTF8.self), .code)
    }
    let time = call.answered.map { "\($0.rfc3339) " } ?? ""
    switch call.answer {
    case .accepted(let uid, let version):
      let object = uid.isEmpty ? "" : ": uid \(uid), resourceVersion \(version)"
      add("  Answer    ", "\(time)accepted\(object)", .good)
    case .refused(let reason): add("  Answer    ", "\(time)refused: \(reason)", .bad)
    case nil: add("  Answer    ", "nobody knows whether it arrived", .bad)
    }
    add("  Backup    ", call.backup == nil ? "none: there was no such object" : "below")
  }

  private mutating func add(_ label: String, _ value: String, _ tone: JournalLine.Tone = .plain) {
    if !value.isEmpty { lines.append(JournalLine(value, tone, label: label)) }
  }

  private mutating func add(_ text: String, _ tone: JournalLine.Tone) {
    lines.append(JournalLine(text, tone))
  }
}

extension HealRecord {
  /// What its steps changed, as that was just before.
  package var backups: [(target: ObjectKey, object: JSONValue)] {
    calls.compactMap { call in call.backup.map { (call.target, SealedPart.hidden(in: $0)) } }
  }

  /// What to say of those that were confirmed after it, where it was interrupted.
  package var afterInterruption: String {
    guard let place, place.number < place.count else { return "" }
    return " It was \(place): those after it were not begun."
  }

  /// The same for the planner that takes it back.
  package var undone: UndoneHeal {
    UndoneHeal(
      id: id,
      cluster: cluster,
      title: title,
      calls: calls.map { call in
        var (isAccepted, uid): (Bool?, String?)
        switch call.answer {
        case .accepted(let answered, _):
          (isAccepted, uid) = (true, answered.isEmpty ? nil : answered)
        case .refused: isAccepted = false
        case nil: break
        }
        return UndoneHeal.Call(
          target: call.target,
          method: call.method,
          path: call.path,
          contentType: call.contentType,
          body: call.body,
          backup: call.backup,
          isAccepted: isAccepted,
          uid: uid
        )
      }
    )
  }
}
