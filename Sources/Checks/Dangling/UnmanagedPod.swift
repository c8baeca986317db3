import Inspection
import KubernetesObjects

/// Finds Pods that nobody will make again.
struct UnmanagedPod: Check {
  let id: CheckID = "dangling/unmanaged-pod"
  let title = "Pod without a controller"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    No controller owns this Pod: once it is evicted, or its Node is drained or lost, it is gone for \
    good, and kubectl drain refuses to go on without --force. It may be left over from a test. \
    Verify: kubectl get pod NAME -n NAMESPACE -o jsonpath='{.metadata.ownerReferences}'
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.metadata.ownerReferences.isEmpty, !pod.metadata.isTerminating, !pod.isFinished,
      !pod.isMirror
    else { return [] }
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) has no controller that would make it again",
        evidence: [Evidence(pod.id, "metadata.ownerReferences", "none")],
        beginning: .notBefore(pod.metadata.creationTimestamp)
      )
    ]
  }
}
