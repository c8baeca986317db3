import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds containers whose image cannot be pulled.
struct UnpullableImage: Check {
  let id: CheckID = "stuck/image-pull"
  let title = "Image cannot be pulled"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["roll-back-workload"]
  let explains: [Explanation] =
    .pod + .sameSubject("stuck/creating", "unhealthy/pod-not-ready")
  let explanation = """
    The kubelet does not get the image: its name or tag is wrong, the registry refuses the \
    credentials of imagePullSecrets, cannot be reached, or limits how much is pulled. The \
    container does not start until the image is there; the kubelet tries again with pauses of up \
    to five minutes. It heals with the right name, Secret or registry, or by going back to the \
    last image. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  private static let reasons: Set<String> = [
    "ErrImageNeverPull", "ErrImagePull", "ImageInspectError", "ImagePullBackOff",
    "InvalidImageName", "RegistryUnavailable", "SignatureValidationFailed",
  ]

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.isUnderWay else { return [] }
    return pod.waiting(for: Self.reasons).map { container, reason, message in
      let image = pod.image(of: container)
      let secrets = pod.template.pullSecrets
      return Observation(
        "Container \(container.name) of Pod \(pod.key.qualifiedName) does not get its image"
          + (image.isEmpty ? "" : " \(image)") + " (\(reason))",
        evidence: [
          Evidence(pod.id, "spec.containers[\(container.name)].image", image),
          Evidence(
            pod.id,
            "\(pod.statusPath(of: container)).state.waiting",
            message.isEmpty ? reason : "\(reason): \(message)"
          ),
          Evidence(
            pod.id,
            "spec.imagePullSecrets",
            secrets.isEmpty ? "none" : secrets.joined(separator: ", ")
          ),
        ],
        related: cluster.targets(over: .pullSecret).map(\.id),
        remedies: pod.isOfWorkload ? ["roll-back-workload"] : [],
        beginning: pod.unreadySince.map { .at($0) } ?? .whenSeen,
        discriminator: container.name
      )
    }
  }
}
