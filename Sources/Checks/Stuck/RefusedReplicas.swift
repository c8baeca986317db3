import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads whose Pods the API server refuses to create.
struct RefusedReplicas: Check {
  let id: CheckID = "stuck/replica-creation"
  let title = "Pods cannot be created"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs: [ObjectKind] = []
  let explains: [Explanation] =
    .owners
    + .sameSubject(
      "stuck/rollout",
      "stuck/stateful-rollout",
      "stuck/daemon-rollout",
      "stuck/job",
      "unhealthy/workload"
    )
  let explanation = """
    The workload's controller asks for Pods, and the API server refuses them: a quota is used up, \
    an admission webhook or Pod Security denies them, their ServiceAccount does not exist, or \
    limits are wrong. There is not even a Pod to look at. The controller tries again with growing \
    pauses; it heals when the reason is gone. \
    Verify: kubectl describe KIND NAME -n NAMESPACE
    """

  private static let complaints: Set<String> = ["FailedCreate"]

  func inspect(_ maker: PodMaker, in cluster: ClusterView) -> [Observation] {
    guard !maker.metadata.isTerminating, maker.lacksPods else { return [] }
    if let failure = maker.failure {
      return [
        Observation(
          message(maker, failure.why),
          evidence: [failure.evidence(of: maker.id)],
          related: cluster.targets(over: .quota).map(\.id),
          beginning: failure.since(maker.metadata)
        )
      ]
    }
    guard maker.tellsByEvents, let event = cluster.newestWarning(Self.complaints) else {
      return []
    }
    return [
      Observation(
        message(maker, event.message.inOneLine),
        evidence: [event.evidence],
        beginning: .notBefore(event.lastTime)
      )
    ]
  }

  private func message(_ maker: PodMaker, _ reason: String) -> String {
    "\(maker.record.kind.name) \(maker.record.key.qualifiedName) cannot create its Pods: \(reason)"
  }
}
