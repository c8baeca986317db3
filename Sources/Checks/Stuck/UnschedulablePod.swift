import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods for which the scheduler has no Node.
struct UnschedulablePod: Check {
  let id: CheckID = "stuck/unschedulable"
  let title = "Pod fits on no Node"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Pod.kind]
  let explains: [Explanation] =
    .pod + [
      .alike("stuck/unschedulable", over: .owner), .alikeAnywhere("stuck/unschedulable"),
    ]
  let explanation = """
    The scheduler looked at all Nodes, and each was ruled out: too little is left of a resource, \
    a taint is not tolerated, labels do not match, or a volume cannot be reached from there. It \
    tries again whenever something changes, so the Pod starts once a Node fits: add Nodes, ask \
    for less, tolerate the taint, or correct selectors and affinity. Of Pods that wait for the same \
    reasons the one that waits for longest stands for the others: those of its controller, and where \
    the cluster has too little, all. Where it has too little, the evidence tells on which Node the least is \
    missing. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.phase == .pending, pod.nodeName.isEmpty, !pod.metadata.isTerminating,
      let condition = pod.conditions["PodScheduled"], condition.status == .isFalse,
      condition.reason != "SchedulingGated"
    else { return [] }
    let verdict = SchedulerVerdict(condition.message)
    let message =
      verdict.reasons.isEmpty
      ? "Pod \(pod.key.qualifiedName) is not scheduled: \(condition.why)"
      : "Pod \(pod.key.qualifiedName) fits on \(verdict.scope): \(verdict.summary)"
    return [
      Observation(
        message,
        evidence: [condition.evidence(of: pod.id)] + verdict.wishes(of: pod),
        related: verdict.isAboutVolumes ? cluster.targets(over: .mount).map(\.id) : [],
        beginning: condition.since(pod.metadata),
        likeness: verdict.likeness
      )
    ]
  }

  func closerLook(at finding: Finding, in graph: ClusterGraph) -> [Evidence] {
    guard let pod = finding.subject.objectKey.flatMap(graph.record) as? Pod,
      let condition = pod.conditions["PodScheduled"]
    else { return [] }
    let verdict = SchedulerVerdict(condition.message)
    // Which Nodes suit a Pod by their labels or its volumes, records do not tell.
    guard verdict.isShortageAlone else { return [] }
    let lacking = verdict.lackingResources
    return SchedulingShortfall(of: pod, lacking: lacking, in: graph)?.evidence ?? []
  }
}
