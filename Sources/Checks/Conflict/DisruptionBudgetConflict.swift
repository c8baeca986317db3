import Inspection
import KubernetesObjects

/// Finds Pods that two disruption budgets select.
struct DisruptionBudgetConflict: Check {
  let id: CheckID = "conflict/disruption-budgets"
  let title = "Two disruption budgets select one Pod"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [PodDisruptionBudget.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The API server refuses to evict a Pod that more than one PodDisruptionBudget selects: it cannot \
    be drained from its Node, and Nodes cannot be updated. Leave one budget for each Pod. \
    Verify: kubectl get pdb -n NAMESPACE
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard !pod.isFinished, !pod.metadata.isTerminating,
      cluster.referrerCount(over: .selection, kind: PodDisruptionBudget.kind) > 1
    else { return [] }
    let budgets = cluster.referrers(PodDisruptionBudget.self, over: .selection)
      .filter { !$0.metadata.isTerminating }.youngestFirst()
    guard budgets.count > 1 else { return [] }
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) cannot be evicted: \(budgets.count) disruption budgets "
          + "select it: \(budgets.names)",
        evidence: budgets.map { budget in
          Evidence(budget.id, "spec.selector", budget.selector?.description ?? "")
        },
        related: budgets.map(\.id),
        beginning: .notBefore(budgets[0].metadata.creationTimestamp)
      )
    ]
  }
}
