import KubernetesClient
import KubernetesObjects
import WireFormats

extension Healer {
  /// Makes the call of a step: looks whether the target is still the one that was meant, and writes down
  /// what is sent before, and what came of it after.
  func carryOut(
    _ step: HealStep,
    _ index: Int,
    of heal: HealIntent.ID?,
    _ resources: [ObjectKind: APIResource]
  ) async throws(Interruption) {
    let request = try await prepare(step, index, of: heal, resources)
    let answer = await send(request)
    try await note(answer, index, of: heal)
    if case .failure(let error) = answer { throw .server(error) }
  }

  /// What a step sends, once that is written down with what its target is like now.
  func prepare(
    _ step: HealStep,
    _ index: Int,
    of heal: HealIntent.ID?,
    _ resources: [ObjectKind: APIResource]
  ) async throws(Interruption) -> ChangeRequest {
    let (request, before) = try await request(for: step, resources)
    guard !Task.isCancelled else { throw .aborted }
    let (body, backup) = try kept(request, before, of: step.target)
    try await write(
      HealCall(
        step: index,
        time: now(),
        target: step.target,
        method: request.methodName,
        path: request.path,
        contentType: request.contentType,
        body: body,
        backup: backup
      ),
      of: heal
    )
    return request
  }

  /// What is written down of a request, and of what its target was like before.
  private func kept(
    _ request: ChangeRequest,
    _ before: JSONValue?,
    of target: ObjectKey
  ) throws(Interruption) -> (body: JSONValue, backup: JSONValue?) {
    do throws(JournalFailure) {
      return (
        try SecretOmission.kept(request.body, .body, of: target, by: secrets),
        try before.map { before throws(JournalFailure) in
          try SecretOmission.kept(before, .backup, of: target, by: secrets)
        }
      )
    } catch {
      throw .here("Its values cannot be kept, so nothing more is done. \(error.reason)")
    }
  }

  /// What a step sends, and what its target is like now, where it must be the one that was meant.
  func request(
    for step: HealStep,
    _ resources: [ObjectKind: APIResource]
  ) async throws(Interruption) -> (request: ChangeRequest, before: JSONValue?) {
    let before = try await target(of: step, resources)
    let resource = try Self.resource(of: step.target.kind, resources)
    do throws(KubernetesError) {
      var source: JSONValue?
      if let key = step.source, let resource = resources[key.kind] {
        source = try await api.object(key, of: resource)
      }
      guard let request = try step.request(of: resource, after: source, on: before) else {
        preconditionFailure("It is a call of the API server.")
      }
      return (request, before)
    } catch {
      throw .server(error)
    }
  }

  /// The step's target as the server has it now, if it must be the one that the plan was made for.
  private func target(
    of step: HealStep,
    _ resources: [ObjectKind: APIResource]
  ) async throws(Interruption) -> JSONValue? {
    for kind in [step.target.kind] + (step.source.map { [$0.kind] } ?? []) {
      _ = try Self.resource(of: kind, resources)
    }
    guard let uid = step.uid, let resource = resources[step.target.kind] else { return nil }
    do throws(KubernetesError) {
      let object = try await api.object(step.target, of: resource)
      guard object[path: "metadata", "uid"]?.stringValue == uid.description else {
        throw .changedMeanwhile(message: "\(step.target) is another one now")
      }
      return object
    } catch {
      throw .server(error)
    }
  }

  private static func resource(
    of kind: ObjectKind,
    _ resources: [ObjectKind: APIResource]
  ) throws(Interruption) -> APIResource {
    guard let resource = resources[kind] else {
      throw .here("The server no longer serves \(kind). Look at the finding again.")
    }
    return resource
  }

  /// Sends what was written down; what was begun is waited for, even if the plan is aborted.
  func send(_ request: ChangeRequest) async -> Result<JSONValue, KubernetesError> {
    await finishing {
      do throws(KubernetesError) {
        return .success(try await api.send(request))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Does something to its end, even if the plan is aborted meanwhile.
  func finishing<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    await Task { await work() }.value
  }
}

// MARK: - Writing down

extension Healer {
  /// Writes down a step beside the cluster before it is carried out.
  func note(_ step: HealStep, _ index: Int, of heal: HealIntent.ID?) async throws(Interruption) {
    guard case .release(let release) = step else { return }
    try await write(
      HealCall(
        step: index,
        time: now(),
        target: step.target,
        method: release.request.method.rawValue,
        path: release.request.url,
        contentType: release.request.body.isEmpty ? "" : "application/json",
        body: release.request.body.isEmpty ? .null : .string(release.request.body),
        backup: nil
      ),
      of: heal
    )
  }

  /// Writes down what the server answered; what is no answer leaves open whether the call arrived.
  func note(
    _ answer: Result<JSONValue, KubernetesError>,
    _ index: Int,
    of heal: HealIntent.ID?
  ) async throws(Interruption) {
    if case .failure(let error) = answer, error.isNoAnswer { return }
    let result: HealAnswer.Result =
      switch answer {
      case .success(let object):
        .accepted(
          uid: object[path: "metadata", "uid"]?.stringValue ?? "",
          resourceVersion: object[path: "metadata", "resourceVersion"]?.stringValue ?? ""
        )
      case .failure(let error): .refused(error.description)
      }
    try await note(result, index, of: heal)
  }

  func note(
    _ result: HealAnswer.Result,
    _ index: Int,
    of heal: HealIntent.ID?
  ) async throws(Interruption) {
    guard let heal else { return }
    let answer = HealAnswer(step: index, time: now(), result: result)
    try await write { journal throws(JournalFailure) in try await journal.didSend(answer, of: heal)
    }
  }

  private func write(_ call: HealCall, of heal: HealIntent.ID?) async throws(Interruption) {
    guard let heal else { return }
    try await write { journal throws(JournalFailure) in try await journal.willSend(call, of: heal) }
  }

  func end(_ heal: HealIntent.ID?, _ outcome: Outcome) async throws(JournalFailure) {
    guard let heal else { return }
    let time = now()
    let failure = await self.failure { journal throws(JournalFailure) in
      try await journal.end(heal, outcome, at: time)
    }
    if let failure { throw failure }
  }

  private func write(
    _ entry: @escaping @Sendable (any HealJournal) async throws(JournalFailure) -> Void
  ) async throws(Interruption) {
    guard let failure = await failure(entry) else { return }
    throw .here("It cannot be written down, so nothing more is done. \(failure.reason)")
  }

  /// Writes an entry whole, even if the plan is aborted meanwhile.
  private func failure(
    _ entry: @escaping @Sendable (any HealJournal) async throws(JournalFailure) -> Void
  ) async -> JournalFailure? {
    await finishing { [journal] in
      do throws(JournalFailure) {
        try await entry(journal)
        return nil
      } catch {
        return error
      }
    }
  }
}

extension KubernetesError {
  /// Whether the call may have been carried out all the same: the connection broke, or a server in between
  /// gave up.
  fileprivate var isNoAnswer: Bool {
    switch self {
    case .unreachable, .silent, .malformedAnswer, .cancelled: true
    case .server(let status, _): status >= 500
    case .unauthorized, .forbidden, .notFound, .changedMeanwhile, .alreadyExists, .invalid,
      .expired, .throttled, .signIn, .unusableContext:
      false
    }
  }
}
