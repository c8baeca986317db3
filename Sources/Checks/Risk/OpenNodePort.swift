import Inspection
import KubernetesObjects

/// Finds Services that are open on every Node.
struct OpenNodePort: Check {
  let id: CheckID = "risk/node-port"
  let title = "Service is open on every Node"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [Service.kind]
  let explanation = """
    A Service of type NodePort takes a port on every address of every Node, those that face the \
    internet included, past whatever an Ingress would check. It heals with the type ClusterIP behind \
    an Ingress or a Gateway; where a load balancer outside needs the port, it is meant so. \
    Verify: kubectl get service NAME -n NAMESPACE
    """

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    let ports = service.type == .nodePort ? service.ports.filter { $0.nodePort > 0 } : []
    guard !ports.isEmpty, !service.metadata.isTerminating else { return [] }
    let numbers = ports.map { "\($0.nodePort)/\($0.portProtocol)" }.joined(separator: ", ")
    return [
      Observation(
        "Service \(service.key.qualifiedName) is open on every Node: \(numbers)",
        evidence: [
          Evidence(service.id, "spec.type", service.type.rawValue),
          Evidence(service.id, "spec.ports.nodePort", numbers),
        ],
        beginning: .notBefore(service.metadata.creationTimestamp)
      )
    ]
  }
}
