package import KubernetesClient
package import KubernetesObjects
package import WireFormats

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

  let api: any ChangingAPI
  private let context: String
  private let elsewhere: (any ChangingElsewhere)?
  private let guardrails: Guardrails
  let patience: EvictionPatience

  /// `context` names the cluster that `api` changes.
  package init(
    api: any ChangingAPI,
    elsewhere: (any ChangingElsewhere)? = nil,
    context: String,
    guardrails: Guardrails,
    patience: EvictionPatience = .standard
  ) {
    self.api = api
    self.elsewhere = elsewhere
    self.context = context
    self.guardrails = guardrails
    self.patience = patience
  }

  /// Sends the plan's calls in order and stops at the first that fails, or when the task is
  /// cancelled; evictions that follow each other are sent together.
  package func execute(
    _ confirmed: ConfirmedPlan,
    resources: [ObjectKind: APIResource],
    report: @Sendable (HealProgress) async -> Void = { _ in }
  ) async -> Outcome {
    if let reason = guardrails.refusal(of: confirmed.plan, on: context) { return .refused(reason) }
    let steps = confirmed.plan.steps
    var progress = HealProgress()
    while progress.stepsDone < steps.count {
      let step = steps[progress.stepsDone]
      guard step.isOfCluster else {
        guard !Task.isCancelled else { return .aborted(stepsDone: progress.stepsDone) }
        await report(progress)
        if let reason = await failureElsewhere(of: step) {
          return .failed(stepsDone: progress.stepsDone, reason)
        }
        progress.stepsDone += 1
        continue
      }
      let kinds = [step.target.kind] + (step.source.map { [$0.kind] } ?? [])
      if let kind = kinds.first(where: { resources[$0] == nil }) {
        let reason = "The server no longer serves \(kind). Look at the finding again."
        return .failed(stepsDone: progress.stepsDone, reason)
      }
      let served = kinds.compactMap { resources[$0] }
      do throws(KubernetesError) {
        guard !Task.isCancelled else { throw .cancelled }
        await report(progress)
        let evictions = steps[progress.stepsDone...].prefix(while: \.isEviction)
        if evictions.isEmpty {
          try await send(step, of: served[0], reading: served[served.count - 1])
          progress.stepsDone += 1
        } else if let reason = try await evict(evictions, of: served[0], &progress, report) {
          return .failed(stepsDone: progress.stepsDone, reason)
        }
      } catch .notFound where Self.isDone(step, isLast: progress.stepsDone == steps.count - 1) {
        progress.stepsDone += 1
      } catch .cancelled {
        return .aborted(stepsDone: progress.stepsDone)
      } catch {
        return .failed(stepsDone: progress.stepsDone, error.description)
      }
    }
    return .accepted
  }

  func send(
    _ step: HealStep,
    of resource: APIResource,
    reading source: APIResource
  ) async throws(KubernetesError) {
    switch step {
    case .delete(let key, let uid, let grace):
      let options = DeleteOptions(
        uid: uid.description,
        gracePeriodSeconds: grace,
        // As kubectl asks for: by itself the server leaves the Pods of a deleted Job behind.
        propagationPolicy: .background
      )
      _ = try await api.delete(key, of: resource, options: options)
    case .evict(let key, let uid): try await api.evict(key, of: resource, uid: uid.description)
    case .patch(let key, let patch, let subresource, _):
      try await send(patch, to: key, of: resource, subresource)
    case .rollBack(let rollback):
      let replicaSet = try await api.object(rollback.replicaSet, of: source)
      try await send(try rollback.patch(after: replicaSet), to: rollback.deployment, of: resource)
    case .run(let run):
      let job = try run.object(after: try await api.object(run.cronJob, of: source))
      _ = try await api.create(job, of: resource, namespace: run.job.namespace)
    case .release, .relist:
      preconditionFailure("A step that is no call of the API server is not sent to it.")
    }
  }

  /// Carries out a step that is no call of the API server; answers why that failed, `nil` where it did
  /// not.
  private func failureElsewhere(of step: HealStep) async -> String? {
    guard let elsewhere else { return "There is nobody here who could do that." }
    do throws(StepFailure) {
      switch step {
      case .release(let release): try await elsewhere.release(release)
      case .relist(let kind, let namespace): try await elsewhere.relist(kind, in: namespace)
      case .delete, .evict, .patch, .rollBack, .run: break
      }
      return nil
    } catch {
      return error.reason
    }
  }

  private func send(
    _ patch: Patch,
    to key: ObjectKey,
    of resource: APIResource,
    _ subresource: String = ""
  ) async throws(KubernetesError) {
    _ = try await api.patch(key, of: resource, subresource: subresource, patch, dryRun: false)
  }

  /// Whether an absent target means that the step's aim is reached.
  private static func isDone(_ step: HealStep, isLast: Bool) -> Bool {
    if case .delete = step { isLast } else { false }
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

/// The calls of an API server that change something, and the one that reads what a change is made
/// after.
package protocol ChangingAPI: Sendable {
  func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue

  func create(
    _ object: JSONValue,
    of resource: APIResource,
    namespace: String
  ) async throws(KubernetesError) -> JSONValue

  func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    options: DeleteOptions
  ) async throws(KubernetesError) -> JSONValue

  func evict(
    _ pod: ObjectKey,
    of resource: APIResource,
    uid: String
  ) async throws(KubernetesError)

  func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    subresource: String,
    _ patch: Patch,
    dryRun: Bool
  ) async throws(KubernetesError) -> JSONValue
}
