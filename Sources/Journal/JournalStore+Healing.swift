import GRDB
package import Healing
import Inspection
package import KubernetesObjects
import LocalState
import WireFormats

/// Every plan is written down before anything of it is sent; where that fails, nothing is.
extension JournalStore: HealMemory {
  package func begin(_ intent: HealIntent) async throws(JournalFailure) -> HealIntent.ID {
    let document = intent.document
    var (finding, undoes): (String?, Int64?)
    switch intent.cause {
    case .finding(let id): finding = id.description
    case .undo(let id, _): undoes = id.number
    case .request: break
    }
    let arguments: StatementArguments = [
      intent.cluster, finding, undoes, intent.title, UserName.atHost,
      ProgramName.current.description, intent.time.millisecondsSince1970, Self.text(document),
      intent.batch?.number,
    ]
    let id = try await writing { database -> HealIntent.ID? in
      // In the transaction of the entry itself: what another program begins now is counted there.
      guard try Self.mayBegin(intent, in: database) else { return nil }
      try database.execute(
        sql: """
          INSERT INTO heal (cluster, finding, undoes, title, author, program, begun, intent, batch)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: arguments
      )
      return HealIntent.ID(database.lastInsertedRowID)
    }
    guard let id else {
      throw JournalFailure(
        "Policy \(intent.policy ?? "") has begun \(intent.policyLimit ?? 0) plans in "
          + "\(intent.cluster) within the hour already, here or in another program.",
        isRefusal: true
      )
    }
    return id
  }

  package func willSend(_ call: HealCall, of heal: HealIntent.ID) async throws(JournalFailure) {
    let arguments: StatementArguments = [
      heal.number, call.step, call.time.millisecondsSince1970, Self.text(call.target.document),
      call.method, call.path, call.contentType, Self.text(call.body),
      call.backup.map(Self.text),
    ]
    try await writing { database in
      try database.execute(
        sql: """
          INSERT INTO call (heal, step, sent, target, method, path, contentType, body, backup)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: arguments
      )
    }
  }

  package func didSend(_ answer: HealAnswer, of heal: HealIntent.ID) async throws(JournalFailure) {
    let (isAccepted, document): (Bool, JSONValue) =
      switch answer.result {
      case .accepted(let uid, let version):
        (true, ["uid": .string(uid), "resourceVersion": .string(version)])
      case .refused(let reason): (false, ["reason": .string(reason)])
      }
    let arguments: StatementArguments = [
      answer.time.millisecondsSince1970, isAccepted, Self.text(document), heal.number, answer.step,
    ]
    try await writing { database in
      try database.execute(
        sql: """
          UPDATE call SET answered = ?, isAccepted = ?, answer = ? WHERE heal = ? AND step = ?
          """,
        arguments: arguments
      )
    }
  }

  package func end(
    _ heal: HealIntent.ID,
    _ outcome: Healer.Outcome,
    at time: Timestamp
  ) async throws(JournalFailure) {
    let (name, detail): (HealRecord.Outcome, String) =
      switch outcome {
      case .accepted: (.accepted, "")
      case .refused(let reason): (.refused, reason)
      case .aborted(let done): (.aborted, "after \(done) steps")
      case .failed(let done, let reason): (.failed, "after \(done) steps: \(reason)")
      }
    try await end(heal, as: name, detail, at: time)
  }

  package func prove(
    _ heal: HealIntent.ID,
    _ proof: HealProof,
    at time: Timestamp
  ) async throws(JournalFailure) {
    let arguments: StatementArguments = [
      heal.number, time.millisecondsSince1970, proof.rawValue,
    ]
    try await writing { database in
      try database.execute(
        sql: "INSERT INTO proof (heal, time, proof) VALUES (?, ?, ?)",
        arguments: arguments
      )
    }
  }

  /// Notes that the program that began a plan ended before it did.
  package func noteInterruption(
    of heal: HealIntent.ID,
    _ detail: String,
    at time: Timestamp
  ) async throws(JournalFailure) {
    try await end(heal, as: .interrupted, detail, at: time)
  }

  private func end(
    _ heal: HealIntent.ID,
    as outcome: HealRecord.Outcome,
    _ detail: String,
    at time: Timestamp
  ) async throws(JournalFailure) {
    let arguments: StatementArguments = [
      outcome.rawValue, detail, time.millisecondsSince1970, heal.number,
    ]
    try await writing { database in
      try database.execute(
        sql: """
          UPDATE heal SET outcome = ?, detail = ?, ended = ? WHERE id = ? AND outcome IS NULL
          """,
        arguments: arguments
      )
    }
  }

  func writing<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalFailure) -> Value {
    do throws(JournalProblem) {
      return try await database().write(body)
    } catch {
      throw JournalFailure(error.description)
    }
  }

  private static func text(_ document: JSONValue) -> String {
    String(decoding: document.encoded(), as: UTF8.self)
  }
}

extension ObjectKey {
  var document: JSONValue {
    [
      "group": .string(kind.group), "kind": .string(kind.name), "namespace": .string(namespace),
      "name": .string(name),
    ]
  }

  init?(_ document: JSONValue?) {
    guard let kind = document?["kind"]?.stringValue, let group = document?["group"]?.stringValue,
      let namespace = document?["namespace"]?.stringValue, let name = document?["name"]?.stringValue
    else { return nil }
    self.init(ObjectKind(kind, group: group), namespace: namespace, name: name)
  }
}

extension HealIntent {
  /// What is kept of it besides who, when and about what.
  fileprivate var document: JSONValue {
    var document: JSONValue = [
      "server": .string(server), "subject": .string(subject.description),
      "remedy": .string(remedy.description), "benefit": .string(benefit),
      "disruption": .string(disruption.rawValue), "undo": .string(undo),
      "grade": .string(grade.rawValue), "reason": .string(reason),
      "steps": .array(
        steps.map { step in
          [
            "target": step.target.document, "summary": .string(step.summary),
            "precondition": .string(step.precondition), "command": .string(step.command),
          ]
        }
      ),
      "guardrails": .array(
        verdicts.map { verdict in
          [
            "rule": .string(verdict.rule.rawValue), "isBroken": .boolean(verdict.isBroken),
            "reason": .string(verdict.reason),
          ]
        }
      ),
    ]
    document["kubernetesUser"] = kubernetesUser.map { .string($0) }
    document["policy"] = policy.map { .string($0) }
    document["batch"] = place.map { place -> JSONValue in
      ["number": .integer(Int64(place.number)), "count": .integer(Int64(place.count))]
    }
    return document
  }
}
