import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds ports of Services that lead to a port that none of the selected Pods has.
///
/// That a container declares its ports is a courtesy, so a number is only doubted where all
/// containers of all Pods declare some.
struct ServicePortWithoutTarget: Check {
  let id: CheckID = "dangling/service-target-port"
  let title = "Service's port leads to none of its Pods' ports"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Pod.kind, Service.kind]
  let explanation = """
    The targetPort is a name, or a number, that no container of the selected Pods declares. A \
    name without a port gives the Service no endpoint for it; a number that nothing listens on \
    refuses every connection. Correct the targetPort or the container's ports. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR -o jsonpath='{..containers[*].ports}'
    """

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard !service.selector.isEmpty, service.type != .externalName,
      !service.metadata.isTerminating
    else { return [] }
    return service.ports.compactMap { port in
      guard isLost(port, of: service, in: cluster),
        cluster.selects(where: { ($0 as? Pod)?.isFinished == false }),
        cluster.isKnown(Pod.kind, in: service.metadata.namespace)
      else { return nil }
      return observation(about: port, of: service)
    }
  }

  private func isLost(_ port: Service.Port, of service: Service, in cluster: ClusterView) -> Bool {
    switch port.targetPort {
    case .string(let name):
      // A Pod that is none, or has no template, cannot be judged.
      return !cluster.selects { record in
        guard let pod = record as? Pod, !pod.isFinished else { return false }
        return pod.servesPorts {
          $0.name == name && $0.portProtocol == port.portProtocol
        }
      }
    case .integer(let number):
      guard !service.isHeadless else { return false }
      let wanted = number == 0 ? port.number : UInt16(clamping: number)
      return !cluster.selects { record in
        guard let pod = record as? Pod, !pod.isFinished else { return false }
        return !pod.declaresAllPorts
          || pod.servesPorts { $0.number == wanted && $0.portProtocol == port.portProtocol }
      }
    }
  }

  private func observation(about port: Service.Port, of service: Service) -> Observation {
    let label = port.name.isEmpty ? "\(port.number)" : port.name
    let (target, isName) = port.target
    return Observation(
      "Port \(label) of Service \(service.key.qualifiedName) leads to port \(target), "
        + "which none of its Pods has",
      evidence: [Evidence(service.id, "spec.ports[\(label)].targetPort", target)],
      beginning: .notBefore(service.metadata.creationTimestamp),
      severity: isName ? nil : .info,
      discriminator: "\(label)/\(port.portProtocol)"
    )
  }
}

extension Service.Port {
  /// Where it leads to, and whether that is a name.
  fileprivate var target: (text: String, isName: Bool) {
    switch targetPort {
    case .string(let name): (name, true)
    case .integer(let given): ("\(given == 0 ? Int(number) : given)", false)
    }
  }
}

extension Pod {
  private var servingContainers: [Container] {
    template.containers.filter { !$0.runsBefore || $0.isSidecar }
  }

  fileprivate func servesPorts(_ isWanted: (Container.Port) -> Bool) -> Bool {
    servingContainers.contains { $0.ports.contains(where: isWanted) }
  }

  /// Whether each of its containers says which ports it has.
  fileprivate var declaresAllPorts: Bool {
    servingContainers.allSatisfy { !$0.ports.isEmpty }
  }
}
