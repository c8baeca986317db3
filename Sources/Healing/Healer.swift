import KubernetesClient
package import KubernetesObjects

/// Carries out confirmed plans; the one place from which KPatrol changes a cluster.
package struct Healer: Sendable {
  /// How a plan ended at the API server; whether it helped, the watch stream tells.
  package enum Outcome: Sendable, Equatable {
    case accepted
    /// Nothing was sent.
    case refused(String)
    /// The task was cancelled, after this many steps had succeeded.
    case aborted(stepsDone: Int)
    /// A step failed, after this many had succeeded.
    case failed(stepsDone: Int, String)
  }

  /// What the guardrails say of a plan just then; once it is written down, of what was begun before it.
  package typealias Judge =
    @Sendable (HealPlan, _ written: HealIntent.ID?) async -> [GuardrailVerdict]

  let api: any ChangingAPI
  private let server: String
  private let elsewhere: (any ChangingElsewhere)?
  let judge: Judge
  let journal: any HealJournal
  /// What keeps the values of Secrets; `nil` where they are not kept.
  let secrets: (any SecretSealing)?
  let patience: EvictionPatience
  let now: @Sendable () -> Timestamp

  /// `api` is that of `server`.
  package init(
    api: any ChangingAPI,
    elsewhere: (any ChangingElsewhere)? = nil,
    server: String,
    judge: @escaping Judge,
    journal: any HealJournal,
    secrets: (any SecretSealing)? = nil,
    patience: EvictionPatience = .standard,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.api = api
    self.elsewhere = elsewhere
    self.server = server
    self.judge = judge
    self.journal = journal
    self.secrets = secrets
    self.patience = patience
    self.now = now
  }

  /// Sends the plan's calls in order and stops at the first that fails, or when the task is
  /// cancelled; evictions that follow each other are sent together.
  package func execute(
    _ confirmed: ConfirmedPlan,
    resources: [ObjectKind: APIResource],
    report: @Sendable (HealProgress) async -> Void = { _ in }
  ) async -> Outcome {
    if let reason = Self.refusal(of: confirmed.plan, await judge(confirmed.plan, nil)) {
      return .refused(reason)
    }
    var progress = HealProgress()
    guard confirmed.plan.changesAnything else {
      return await run(confirmed.plan, resources, &progress, report)
    }
    do throws(JournalFailure) {
      progress.intent = try await begin(confirmed)
    } catch {
      let reason = "It cannot be written down, so nothing is done. \(error.reason)"
      return .refused(error.isRefusal ? error.reason : reason)
    }
    // Other programs may have begun something at the same time.
    let refusal = Self.refusal(of: confirmed.plan, await judge(confirmed.plan, progress.intent))
    let outcome =
      if let refusal {
        Outcome.refused(refusal)
      } else {
        await run(confirmed.plan, resources, &progress, report)
      }
    do throws(JournalFailure) {
      try await end(progress.intent, outcome)
    } catch {
      let end = "How it ended cannot be written down. \(error.reason)"
      guard case .failed(let done, let reason) = outcome else {
        return .failed(stepsDone: progress.stepsDone, end)
      }
      return .failed(stepsDone: done, "\(reason) \(end)")
    }
    return outcome
  }

  /// Why a plan is not carried out: a rule is broken that nobody may break, or one that the user did
  /// not see broken.
  static func refusal(of plan: HealPlan, _ verdicts: [GuardrailVerdict]) -> String? {
    let accepted = Set(plan.verdicts.filter { $0.isBroken && $0.mayBeBroken }.map(\.rule))
    for verdict in verdicts where verdict.isBroken {
      guard verdict.mayBeBroken else { return verdict.reason }
      guard !accepted.contains(verdict.rule) else { continue }
      return "A guardrail came in its way since the plan was shown: \(verdict.reason) "
        + "Review it again."
    }
    return nil
  }

  private func run(
    _ plan: HealPlan,
    _ resources: [ObjectKind: APIResource],
    _ progress: inout HealProgress,
    _ report: @Sendable (HealProgress) async -> Void
  ) async -> Outcome {
    let steps = plan.steps
    while progress.stepsDone < steps.count {
      let index = progress.stepsDone
      let step = steps[index]
      do throws(Interruption) {
        guard !Task.isCancelled else { throw .aborted }
        await report(progress)
        guard step.isOfCluster else {
          try await carryOutElsewhere(step, index, of: progress.intent)
          progress.stepsDone += 1
          continue
        }
        let evictions = steps[index...].prefix(while: \.isEviction)
        if evictions.isEmpty {
          try await carryOut(step, index, of: progress.intent, resources)
          progress.stepsDone += 1
        } else {
          try await evict(evictions, resources, &progress, report)
        }
      } catch .server(.notFound) where Self.isDone(step, isLast: index == steps.count - 1) {
        progress.stepsDone += 1
      } catch .aborted, .server(.cancelled) {
        return .aborted(stepsDone: progress.stepsDone)
      } catch {
        return .failed(stepsDone: progress.stepsDone, error.description)
      }
    }
    return .accepted
  }

  /// Carries out a step that is no call of the API server.
  private func carryOutElsewhere(
    _ step: HealStep,
    _ index: Int,
    of heal: HealIntent.ID?
  ) async throws(Interruption) {
    guard let elsewhere else { throw .here("There is nobody here who could do that.") }
    try await note(step, index, of: heal)
    let failure = await finishing { () -> StepFailure? in
      do throws(StepFailure) {
        switch step {
        case .release(let release): try await elsewhere.release(release)
        case .relist(let kind, let namespace): try await elsewhere.relist(kind, in: namespace)
        case .delete, .evict, .patch, .scale, .create, .rollBack, .run: break
        }
        return nil
      } catch {
        return error
      }
    }
    if step.changesAnything {
      let result = failure.map { HealAnswer.Result.refused($0.reason) }
      try await note(result ?? .accepted(uid: "", resourceVersion: ""), index, of: heal)
    }
    if let failure { throw .here(failure.reason) }
  }

  /// Whether an absent target means that the step's aim is reached.
  private static func isDone(_ step: HealStep, isLast: Bool) -> Bool {
    if case .delete = step { isLast } else { false }
  }

  private func begin(_ confirmed: ConfirmedPlan) async throws(JournalFailure) -> HealIntent.ID {
    try await journal.begin(
      HealIntent(
        confirmed,
        server: server,
        kubernetesUser: try? await api.userName(),
        at: now()
      )
    )
  }
}

/// Why a plan goes no further.
enum Interruption: Error {
  case server(KubernetesError)
  /// It was stopped by the user.
  case aborted
  case here(String)

  var description: String {
    switch self {
    case .server(let error): error.description
    case .aborted: "Aborted."
    case .here(let reason): reason
    }
  }
}

/// What plans do beside a cluster: in the inventories that it is held against, and in KPatrol's own
/// picture of it.
package protocol ChangingElsewhere: Sendable {
  /// Releases an address, if its record still says that the cluster has it, and nothing uses it.
  func release(_ release: AddressRelease) async throws(StepFailure)

  /// Lists a kind again, and waits for a comparison with the server.
  func relist(_ kind: ObjectKind, in namespace: String?) async throws(StepFailure)
}

/// Why a step beside the cluster failed, as a sentence.
package struct StepFailure: Error, Equatable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}
