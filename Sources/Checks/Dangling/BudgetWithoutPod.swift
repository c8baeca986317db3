import Inspection
import KubernetesObjects

/// Finds disruption budgets that select no Pod.
struct BudgetWithoutPod: Check {
  let id: CheckID = "dangling/disruption-budget"
  let title = "Disruption budget selects no Pod"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [Pod.kind, PodDisruptionBudget.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The selector matches no Pod, so the budget protects nothing: a drain may take all Pods of the \
    workload that it was written for. Usual causes: a label that was renamed, a workload that was \
    removed. Verify: kubectl get pods -n NAMESPACE -l SELECTOR
    """

  func inspect(_ budget: PodDisruptionBudget, in cluster: ClusterView) -> [Observation] {
    guard let selector = budget.selector, !selector.selectsUnlabelled, selector.isUnderstood,
      !budget.metadata.isTerminating,
      !cluster.selects(where: { _ in true }),
      cluster.isKnown(Pod.kind, in: budget.metadata.namespace)
    else { return [] }
    return [
      Observation(
        "PodDisruptionBudget \(budget.key.qualifiedName) selects no Pod",
        evidence: [Evidence(budget.id, "spec.selector", selector.description)],
        beginning: .notBefore(budget.metadata.creationTimestamp)
      )
    ]
  }
}
