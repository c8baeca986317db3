/// What the Pods of a template claim that others may want, too.
extension PodTemplate {
  /// The ports that lead to a container from its Node, as long as the Pod runs; those of an init
  /// container are gone when the others start.
  package var hostPorts: [Container.Port] {
    // Most templates have none, and are asked for each of their Pods.
    guard containers.contains(where: \.takesHostPorts) else { return [] }
    return containers.filter(\.takesHostPorts).flatMap(\.ports).filter { $0.hostPort > 0 }
  }

  /// The images that are named by a tag, which may come to mean another image.
  package var taggedImages: [String] {
    containers.map(\.image).filter { !$0.isEmpty && !$0.contains("@") }
  }

  /// How much of a resource the scheduler sets aside for a Pod.
  ///
  /// Init containers run one after the other, before those that run together; sidecars go on running.
  /// See https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers.
  package func requested(_ resource: String) -> Double {
    var together = 0.0
    var sidecars = 0.0
    var highestBefore = 0.0
    for container in containers {
      let amount = container.requests.amount(of: resource)
      if container.isSidecar {
        sidecars += amount
        highestBefore = max(highestBefore, sidecars)
      } else if container.runsBefore {
        highestBefore = max(highestBefore, sidecars + amount)
      } else {
        together += amount
      }
    }
    return max(together + sidecars, highestBefore)
  }
}

extension Container {
  fileprivate var takesHostPorts: Bool {
    (!runsBefore || isSidecar) && ports.contains { $0.hostPort > 0 }
  }
}
