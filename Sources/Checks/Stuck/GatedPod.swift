import Inspection
import KubernetesObjects

/// Finds Pods that somebody keeps from being scheduled.
struct GatedPod: Check {
  let id: CheckID = "stuck/scheduling-gated"
  let title = "Pod waits for its scheduling gates"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(1800)
  let needs = [Pod.kind]
  let explains: [Explanation] = .pod
  let explanation = """
    The scheduler does not look at a Pod that has scheduling gates. Whoever put them there, as a \
    queue for batch work does, has to remove them; where that controller is gone, the Pod waits \
    for ever. It heals when the last gate is removed. \
    Verify: kubectl get pod NAME -n NAMESPACE -o jsonpath='{.spec.schedulingGates}'
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.phase == .pending, pod.nodeName.isEmpty, !pod.template.schedulingGates.isEmpty,
      !pod.metadata.isTerminating
    else { return [] }
    let gates = pod.template.schedulingGates.joined(separator: ", ")
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) is not scheduled until \(gates) is removed",
        evidence: [Evidence(pod.id, "spec.schedulingGates", gates)],
        // Gates are given at creation alone.
        beginning: pod.metadata.creationTimestamp.map { .at($0) } ?? .whenSeen
      )
    ]
  }
}
