import KubernetesClient
package import KubernetesObjects
import WireFormats

/// What a server says to the steps of a plan when it only checks them.
package struct Rehearsal: Sendable, Equatable {
  package enum Result: Sendable, Equatable {
    /// It would be done, and changes this; nothing for what ends.
    case accepted(ObjectDifference)
    case refused(String)
    /// It cannot be checked, for this reason.
    case unchecked(String)
  }

  /// For each step, in their order.
  package let results: [Result]

  /// How many steps are checked; of what is alike, the first tell enough.
  package static let limit = 20

  /// The first refusal; `nil` where there is none.
  package var refusal: String? {
    for case .refused(let reason) in results { return reason }
    return nil
  }
}

extension Healer {
  /// Has the server check each step without doing it.
  package func rehearse(
    _ plan: HealPlan,
    resources: [ObjectKind: APIResource]
  ) async -> Rehearsal {
    // Even what changes nothing is refused by who may change nothing.
    if let reason = Self.refusal(of: plan, await judge(plan, nil)) {
      return Rehearsal(results: plan.steps.map { _ in .unchecked(reason) })
    }
    var results: [Rehearsal.Result] = []
    var changed: Set<ObjectKey> = []
    for step in plan.steps {
      if results.count >= Rehearsal.limit {
        results.append(.unchecked("only the first \(Rehearsal.limit) steps are checked beforehand"))
      } else if !step.isOfCluster {
        results.append(.unchecked("it is no call of the API server"))
      } else if !changed.insert(step.target).inserted {
        results.append(.unchecked("it follows on a step before it"))
      } else {
        results.append(await rehearse(step, resources))
      }
    }
    return Rehearsal(results: results)
  }

  private func rehearse(
    _ step: HealStep,
    _ resources: [ObjectKind: APIResource]
  ) async -> Rehearsal.Result {
    do throws(Interruption) {
      let (request, before) = try await request(for: step, resources)
      switch await send(request.asDryRun) {
      case .failure(let error): return .refused(error.description)
      case .success(let after):
        if case .scale = step, let before {
          let scaled = ReplicaChange.applied(after, to: before)
          return .accepted(ObjectDifference(from: before, to: scaled, of: step.target.kind))
        }
        guard step.showsDifference else {
          return .accepted(ObjectDifference(from: .null, to: .null, of: step.target.kind))
        }
        return .accepted(
          ObjectDifference(from: before ?? .object([:]), to: after, of: step.target.kind)
        )
      }
    } catch {
      return .refused(error.description)
    }
  }
}

extension HealStep {
  /// Whether it leaves an object that is to be compared with what was.
  fileprivate var showsDifference: Bool {
    switch self {
    case .patch(_, _, let subresource, _):
      subresource.isEmpty || subresource == "status"
        || subresource == "approval"
    case .scale, .create, .rollBack, .run: true
    case .delete, .evict, .release, .relist: false
    }
  }
}
