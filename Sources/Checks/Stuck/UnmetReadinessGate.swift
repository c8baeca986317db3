import Inspection
import KubernetesObjects

/// Finds Pods whose containers are ready, and that wait for somebody else to say so.
struct UnmetReadinessGate: Check {
  let id: CheckID = "stuck/readiness-gate"
  let title = "Pod waits for a readiness gate"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Pod.kind]
  let explains: [Explanation] = .pod + [.sameSubject("unhealthy/pod-not-ready")]
  let explanation = """
    All containers are ready, but the Pod names a condition that somebody else has to set, mostly \
    a load balancer's controller, and it is not true. The Pod gets no traffic, and a rollout \
    waits for it. It heals when that controller works, and finds the Pod fit. \
    Verify: kubectl get pod NAME -n NAMESPACE -o wide
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.isUnderWay, pod.milestones.contains(.containersReady),
      !pod.template.readinessGates.isEmpty
    else { return [] }
    // Of conditions that are true, only those of all Pods are not kept as such.
    let unmet = pod.template.readinessGates.filter { pod.conditions[$0]?.status != .isTrue }
    guard let gate = unmet.first else { return [] }
    let condition = pod.conditions[gate]
    let since = condition?.lastTransitionTime ?? pod.conditions["Ready"]?.lastTransitionTime
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) is not ready until somebody sets "
          + unmet.joined(separator: ", "),
        evidence: unmet.map { gate in
          pod.conditions[gate]?.evidence(of: pod.id)
            ?? Evidence(pod.id, "status.conditions[\(gate)]", "nobody has set it")
        },
        beginning: since.map { .at($0) } ?? .notBefore(pod.metadata.creationTimestamp)
      )
    ]
  }
}
