import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Ingresses that send requests to a port that their Service does not have.
struct IngressWithoutPort: Check {
  let id: CheckID = "dangling/ingress-port"
  let title = "Ingress sends requests to a port that its Service does not have"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Ingress.kind, Service.kind]
  let explanation = """
    The Service exists, but has no port of this name or number, so the controller finds no \
    endpoint and answers with an error. Name one of the Service's own ports, not the container's. \
    Verify: kubectl get service SERVICE -n NAMESPACE -o jsonpath='{.spec.ports}'
    """

  func inspect(_ ingress: Ingress, in cluster: ClusterView) -> [Observation] {
    guard !ingress.metadata.isTerminating else { return [] }
    let backends = Set(ingress.rules.map(\.backend) + [ingress.defaultBackend].compactMap(\.self))
    return cluster.targets(over: .backend).flatMap { neighbour -> [Observation] in
      guard let service = neighbour.presence.record as? Service, service.type != .externalName
      else { return [] }
      return backends.compactMap { backend in
        guard backend.service == service.metadata.name, !backend.isAction,
          let port = backend.portText, !service.hasPort(backend.port)
        else { return nil }
        return observation(of: ingress, service, port, ingress.places { $0 == backend })
      }
    }
  }

  private func observation(
    of ingress: Ingress,
    _ service: Service,
    _ port: String,
    _ places: [String]
  ) -> Observation {
    let ports = service.ports.map { port in
      port.name.isEmpty ? "\(port.number)" : "\(port.number) \(port.name)"
    }
    return Observation(
      "Ingress \(ingress.key.qualifiedName) sends requests to port \(port) of Service "
        + "\(service.metadata.name), which has none such",
      evidence: places.map { Evidence(ingress.id, "\($0).service.port", port) }
        + [Evidence(service.id, "spec.ports", ports.joined(separator: ", "))],
      related: [service.id],
      beginning: .notBefore(ingress.metadata.creationTimestamp),
      discriminator: "\(service.metadata.name):\(port)"
    )
  }
}

extension Ingress.Backend {
  /// The port as it is written; `nil` where none is.
  fileprivate var portText: String? {
    switch port {
    case .string(let name): name
    case .integer(let number): number == 0 ? nil : "\(number)"
    }
  }
}

extension Service {
  /// Whether one of its own ports has this name or number.
  func hasPort(_ port: IntegerOrString) -> Bool {
    switch port {
    case .string(let name): ports.contains { $0.name == name }
    case .integer(let number): ports.contains { Int($0.number) == number }
    }
  }
}
