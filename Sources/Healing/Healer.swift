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
    /// A step failed, after this many had succeeded.
    case failed(stepsDone: Int, String)
  }

  private let api: any ChangingAPI
  private let context: String
  private let guardrails: Guardrails

  /// `context` names the cluster that `api` changes.
  package init(api: any ChangingAPI, context: String, guardrails: Guardrails) {
    self.api = api
    self.context = context
    self.guardrails = guardrails
  }

  /// Sends the plan's calls in order and stops at the first that fails.
  package func execute(
    _ confirmed: ConfirmedPlan,
    resources: [ObjectKind: APIResource]
  ) async -> Outcome {
    if let reason = guardrails.refusal(of: confirmed.plan, on: context) { return .refused(reason) }
    for (index, step) in confirmed.plan.steps.enumerated() {
      guard let resource = resources[step.target.kind] else {
        return .failed(
          stepsDone: index,
          "The server no longer serves \(step.target.kind). Look at the finding again."
        )
      }
      do {
        try await send(step, of: resource)
      } catch .notFound where Self.isDone(step, isLast: index == confirmed.plan.steps.count - 1) {
        continue
      } catch {
        return .failed(stepsDone: index, error.description)
      }
    }
    return .accepted
  }

  private func send(_ step: HealStep, of resource: APIResource) async throws(KubernetesError) {
    switch step {
    case .delete(let key, let uid, let grace):
      let options = DeleteOptions(uid: uid.description, gracePeriodSeconds: grace)
      _ = try await api.delete(key, of: resource, options: options)
    case .patch(let key, let patch, _):
      _ = try await api.patch(key, of: resource, patch, dryRun: false)
    }
  }

  /// Whether an absent target means that the step's aim is reached.
  private static func isDone(_ step: HealStep, isLast: Bool) -> Bool {
    if case .delete = step { isLast } else { false }
  }
}

/// The calls of an API server that change something.
package protocol ChangingAPI: Sendable {
  func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    options: DeleteOptions
  ) async throws(KubernetesError) -> JSONValue

  func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    _ patch: Patch,
    dryRun: Bool
  ) async throws(KubernetesError) -> JSONValue
}
