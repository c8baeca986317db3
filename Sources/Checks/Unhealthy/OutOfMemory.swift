import Inspection
import KubernetesObjects

/// Finds containers that were ended because they used more memory than they may.
struct OutOfMemory: Check {
  let id: CheckID = "unhealthy/out-of-memory"
  let title = "Container ran out of memory"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [Pod.kind]
  let recent = Threshold("minutes", 60, "for how many minutes it is shown")
  var thresholds: [Threshold] { [recent] }
  let explains: [Explanation] = [
    .sameSubject("stuck/crash-loop"), .sameSubject("unhealthy/event-burst"),
    .sameSubject("unhealthy/pod-failed"), .sameSubject("unhealthy/pod-not-ready"),
    .sameSubject("unhealthy/pod-restarts"),
  ]
  let explanation = """
    The kernel killed the container (OOMKilled): it reached its memory limit, or the Node had \
    none left. Without a higher limit, or less use, it happens again. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.containers.contains(where: { $0.outOfMemory != nil }) else { return [] }
    return pod.containers.compactMap { container in
      guard let end = container.outOfMemory, let time = end.finishedAt else { return nil }
      let limit =
        pod.template.containers.first { $0.name == container.name }?.limits["memory"]
      return Observation(
        "Container \(container.name) of Pod \(pod.key.qualifiedName) ran out of memory"
          + (limit.map { ", of which it may use \($0)" } ?? ""),
        evidence: [
          Evidence(
            pod.id,
            "status.containerStatuses[\(container.name)].lastState.terminated",
            "\(end.reason), exit code \(end.exitCode), \(time.rfc3339)"
          ),
          Evidence(
            pod.id,
            "spec.containers[\(container.name)].resources.limits.memory",
            limit?.description ?? "not set"
          ),
        ],
        beginning: .at(time),
        end: time + .seconds(Int(cluster.value(of: recent) * 60)),
        discriminator: container.name
      )
    }
  }
}

extension ContainerStatus {
  /// How it last ended, where that was for lack of memory.
  fileprivate var outOfMemory: Termination? {
    if case .terminated(let termination) = state, termination.reason == "OOMKilled" {
      return termination
    }
    return lastTermination.flatMap { $0.reason == "OOMKilled" ? $0 : nil }
  }
}
