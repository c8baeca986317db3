import ClusterGraph
import Inspection
import KubernetesObjects

/// What guardrails say of what a plan changes.
extension Guardrails {
  static let optOut = "kpatrol.io/heal"

  /// The objects of the cluster that a plan changes, evictions aside, which budgets rule.
  private func targets(of plan: HealPlan) -> [ObjectKey] {
    plan.steps.filter { !$0.isEviction && $0.isOfCluster }.map(\.target)
  }

  /// The labels of an object, or of the Pod template that is changed with it.
  func labelVerdict(_ plan: HealPlan, in graph: ClusterGraph) -> GuardrailVerdict {
    guard !protectedLabels.isEmpty else {
      return .passed(.protectedLabels, "No labels are protected.")
    }
    for key in targets(of: plan) {
      guard let labels = graph.record(key)?.metadata.labels else { continue }
      for selector in protectedLabels where selector.matches(labels) {
        return .refused(
          .protectedLabels,
          "\(key) is protected: its labels match \(selector) of protectedLabels."
        )
      }
    }
    return .passed(.protectedLabels, "No target has protected labels.")
  }

  /// Whoever answers for an object, or for its namespace, may want nobody else to touch it.
  func optOutVerdict(_ plan: HealPlan, in graph: ClusterGraph) -> GuardrailVerdict {
    for key in plan.steps.filter(\.isOfCluster).map(\.target) {
      let namespace = ObjectKey(Namespace.kind, name: key.namespace)
      for place in [key, namespace]
      where graph.record(place)?.metadata.annotations[Self.optOut] == "never" {
        return .refused(.optOut, "\(place) has the annotation \(Self.optOut): never.")
      }
    }
    return .passed(.optOut, "No target has the annotation \(Self.optOut): never.")
  }

  func stalenessVerdict(_ plan: HealPlan, _ situation: HealSituation) -> GuardrailVerdict {
    let kinds =
      plan.steps.filter(\.isOfCluster).map(\.target.kind)
      + [plan.subject.objectKey?.kind].compactMap(\.self)
    for kind in kinds {
      guard let reason = situation.staleKinds[kind] else { continue }
      return .refused(.staleness, "What is known of \(kind) is behind: \(reason).")
    }
    return .passed(.staleness, "The streams of all kinds involved are up to date.")
  }

  /// Deletions pass budgets by; evictions do not.
  func budgetVerdict(_ plan: HealPlan, in graph: ClusterGraph) -> GuardrailVerdict {
    for step in plan.steps {
      guard case .delete(let key, _, _, _) = step, key.kind == Pod.kind,
        let pod = graph.record(key) as? Pod, !pod.isFinished,
        let handle = graph.handle(of: .object(key))
      else { continue }
      for selector in graph.referrers(of: handle, over: .selection).map(\.id).sorted() {
        guard let budget = selector.objectKey.flatMap(graph.record) as? PodDisruptionBudget,
          budget.disruptionsAllowed == 0
        else { continue }
        return .broken(
          .disruptionBudgets,
          "\(budget.key) lets no Pod go now, and a deletion does not ask it. Evict the Pod instead."
        )
      }
    }
    return .passed(
      .disruptionBudgets,
      plan.steps.contains(where: \.isEviction)
        ? "The server asks them for each eviction." : "None is passed by."
    )
  }
}
