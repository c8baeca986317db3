import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods that are bound to a Node that does not exist.
struct PodOnAbsentNode: Check {
  let id: CheckID = "dangling/pod-node"
  let title = "Pod is bound to a Node that does not exist"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [Node.kind, Pod.kind]
  let remedies: [RemedyID] = ["force-delete-pod"]
  let explanation = """
    No kubelet will ever report on this Pod or end it, so its state is frozen, its claims stay \
    attached, and a StatefulSet waits for it for ever. Kubernetes' garbage collector removes such \
    Pods only after the Node is known to be out of service. \
    Verify: kubectl get node NAME
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard let node = cluster.missingTargets(over: .node).first else { return [] }
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) is bound to Node \(pod.nodeName), which does not exist",
        evidence: [Evidence(pod.id, "spec.nodeName", pod.nodeName)],
        related: [node.id],
        beginning: .notBefore(pod.metadata.creationTimestamp)
      )
    ]
  }
}
