import Inspection
import KubernetesObjects

extension Pod {
  /// Whether it should get on: neither finished, nor being deleted, nor ready already.
  var isUnderWay: Bool { !isReady && !isFinished && !metadata.isTerminating }

  /// Since when not all of its containers are ready.
  var unreadySince: Timestamp? {
    (conditions["ContainersReady"] ?? conditions["Ready"])?.lastTransitionTime
      ?? metadata.creationTimestamp
  }

  /// Whether its containers' images and commands come from a workload's template.
  var isOfWorkload: Bool {
    guard let owner = metadata.controller else { return false }
    return owner.kind.group == "apps"
  }

  /// The containers that wait for one of these reasons.
  func waiting(
    for reasons: Set<String>
  ) -> [(container: ContainerStatus, reason: String, message: String)] {
    containers.compactMap { container in
      guard case .waiting(let reason, let message) = container.state, reasons.contains(reason)
      else { return nil }
      return (container, reason, message.inOneLine)
    }
  }

  /// The path of a container's status.
  func statusPath(of container: ContainerStatus) -> String {
    "status.\(container.runsBefore ? "initContainerStatuses" : "containerStatuses")"
      + "[\(container.name)]"
  }

  /// The image that a container is asked to run.
  func image(of container: ContainerStatus) -> String {
    template.containers.first { $0.name == container.name }?.image ?? ""
  }
}
