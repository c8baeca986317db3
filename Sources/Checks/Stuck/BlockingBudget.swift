import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds disruption budgets that let no Pod go, so that no Node can be drained.
struct BlockingBudget: Check {
  let id: CheckID = "stuck/disruption-budget"
  let title = "Disruption budget lets no Pod go"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [PodDisruptionBudget.kind]
  let explanation = """
    The budget allows no eviction: either because it asks for as many Pods as there are, so that \
    it never will, or because Pods that it counts on are not healthy. Draining a Node, and with \
    it every upgrade of the cluster, hangs at these Pods. It heals with a budget that leaves one \
    Pod to go, with more replicas, or when the unhealthy Pods recover. \
    Verify: kubectl get pdb NAME -n NAMESPACE
    """

  func inspect(_ budget: PodDisruptionBudget, in cluster: ClusterView) -> [Observation] {
    guard budget.disruptionsAllowed == 0, budget.expectedPods > 0, !budget.metadata.isTerminating,
      budget.observedGeneration >= budget.metadata.generation
    else { return [] }
    let isTooStrict = budget.currentHealthy >= budget.expectedPods
    let unhealthy =
      isTooStrict
      ? []
      : cluster.targets(over: .selection).filter { neighbour in
        guard let pod = neighbour.presence.record as? Pod else { return false }
        return !pod.isReady && !pod.isFinished
      }.sorted { $0.id < $1.id }
    let condition = budget.conditions["DisruptionAllowed"]
    return [
      Observation(
        "Budget \(budget.key.qualifiedName) lets no Pod go: "
          + (isTooStrict
            ? "it wants \(budget.desiredHealthy) of \(budget.expectedPods) Pods"
            : "\(budget.currentHealthy) of the \(budget.desiredHealthy) Pods it wants are healthy"),
        evidence: [
          Evidence(budget.id, "status.disruptionsAllowed", "0"),
          Evidence(budget.id, "status.currentHealthy", "\(budget.currentHealthy)"),
          Evidence(budget.id, "status.desiredHealthy", "\(budget.desiredHealthy)"),
          Evidence(budget.id, "status.expectedPods", "\(budget.expectedPods)"),
        ],
        related: unhealthy.prefix(5).map(\.id),
        beginning: condition?.status == .isFalse
          ? condition?.since(budget.metadata) ?? .whenSeen
          : .notBefore(isTooStrict ? budget.metadata.creationTimestamp : Self.latest(of: unhealthy))
      )
    ]
  }

  /// When the last of these Pods became unhealthy; `nil` where none tells, and where Pods are missing.
  private static func latest(of unhealthy: [Neighbour]) -> Timestamp? {
    unhealthy.compactMap { ($0.presence.record as? Pod)?.unreadySince }.max()
  }
}
