import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods that run and do not get ready.
struct UnreadyPod: Check {
  let id: CheckID = "unhealthy/pod-not-ready"
  let title = "Pod runs, and is not ready"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explains: [Explanation] =
    [.sameSubject("unhealthy/event-burst")] + [Explanation].pod.map(\.relayed)
  let explanation = """
    The Pod's containers run, or ran, and it gets no requests: a readiness probe fails, or a \
    container has ended. Its Service has one endpoint less, and a rollout waits for it. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.phase == .running, !pod.isReady, !pod.metadata.isTerminating,
      // What a Job runs serves nobody, and its containers end one after the other.
      pod.metadata.controller?.kind != Job.kind
    else { return [] }
    let ready = pod.conditions["Ready"]
    let unready = pod.containers.filter { !$0.isReady && !$0.runsBefore }
    // Containers that ended well and are not started again work one after the other, as steps of a build.
    guard unready.isEmpty || !unready.allSatisfy(\.hasSucceeded) else { return [] }
    let names = unready.map { "\($0.name) (\($0.state))" }.joined(separator: ", ")
    let reason = unready.isEmpty ? ready?.reason ?? "" : names
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) is not ready" + (reason.isEmpty ? "" : ": \(reason)"),
        evidence: [
          Evidence(
            pod.id,
            "status.conditions[Ready].message",
            ready?.message ?? "not set"
          )
        ]
          + unready.map { container in
            Evidence(
              pod.id,
              "status.containerStatuses[\(container.name)].state",
              container.state.description
            )
          },
        related: cluster.targets(over: .node).map(\.id),
        beginning: ready?.lastTransitionTime.map { .at($0) }
          ?? .notBefore(pod.metadata.creationTimestamp)
      )
    ]
  }
}

extension ContainerStatus {
  fileprivate var hasSucceeded: Bool {
    guard case .terminated(let end) = state else { return false }
    return end.exitCode == 0 && end.signal == 0
  }
}
