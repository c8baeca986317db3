import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds containers that the kubelet or the container runtime cannot create or start.
struct UnstartableContainer: Check {
  let id: CheckID = "stuck/container-config"
  let title = "Container cannot be created"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["roll-back-workload"]
  let explains: [Explanation] =
    .pod + .sameSubject("stuck/creating", "unhealthy/pod-not-ready")
  let explanation = """
    The image is there, and the container cannot be made of it: a ConfigMap, a Secret or a key of \
    them that an environment variable needs is missing, the image runs as root where that is \
    forbidden, or the command or a mounted path does not exist. The kubelet tries again and \
    again; it heals once what is missing is there, or the template is corrected. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  private static let reasons: Set<String> = [
    "CreateContainerConfigError", "CreateContainerError", "PostStartHookError",
    "PreCreateHookError", "PreStartHookError", "RunContainerError", "StartError",
  ]

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.isUnderWay else { return [] }
    return pod.waiting(for: Self.reasons).map { container, reason, message in
      Observation(
        "Container \(container.name) of Pod \(pod.key.qualifiedName) cannot be created: "
          + (message.isEmpty ? reason : message),
        evidence: [
          Evidence(
            pod.id,
            "\(pod.statusPath(of: container)).state.waiting",
            message.isEmpty ? reason : "\(reason): \(message)"
          )
        ],
        related: cluster.targets(over: .configuration)
          .filter { $0.presence.isAbsent && !$0.isOptional }.map(\.id),
        remedies: pod.isOfWorkload ? ["roll-back-workload"] : [],
        beginning: pod.unreadySince.map { .at($0) } ?? .whenSeen,
        discriminator: container.name
      )
    }
  }
}
