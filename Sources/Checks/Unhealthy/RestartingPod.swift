import Inspection
import KubernetesObjects

/// Finds Pods whose containers are started again and again.
struct RestartingPod: Check {
  let id: CheckID = "unhealthy/pod-restarts"
  let title = "Pod's containers restart often"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [Pod.kind]
  let restarts = Threshold("restarts", 3, "how many restarts are too many")
  let window = Threshold("minutes", 10, "within how many minutes")
  var thresholds: [Threshold] { [restarts, window] }
  let explains: [Explanation] = [.sameSubject("unhealthy/event-burst")]
  let explanation = """
    Containers of the Pod ended and were started again several times within minutes: they crash, \
    or their liveness probe fails. The kubelet waits longer after each, up to five minutes. \
    Verify: kubectl logs NAME -n NAMESPACE --previous
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.containers.contains(where: { $0.restartCount > 0 }), !pod.metadata.isTerminating
    else { return [] }
    let moments = cluster.moments(.restart)
    guard !moments.isEmpty else { return [] }
    let minutes = Int(cluster.value(of: window))
    guard
      let burst = Burst(
        moments,
        atLeast: cluster.value(of: restarts),
        within: .seconds(minutes * 60)
      )
    else { return [] }
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) restarted its containers \(burst.count) times within "
          + "\(minutes) min",
        evidence: pod.containers.filter { $0.restartCount > 0 }.flatMap { container in
          let path = "status.containerStatuses[\(container.name)]"
          return [
            Evidence(pod.id, "\(path).restartCount", "\(container.restartCount)")
          ]
            + (container.lastTermination.map { last in
              [
                Evidence(
                  pod.id,
                  "\(path).lastState",
                  "\(last.reason), exit code \(last.exitCode)"
                )
              ]
            } ?? [])
        },
        beginning: .at(burst.last),
        end: burst.end
      )
    ]
  }
}
