import Inspection
import KubernetesObjects

/// Finds ports of a load balancer's address that two Services were given.
struct LoadBalancerAddressConflict: Check {
  let id: CheckID = "conflict/load-balancer-address"
  let title = "Two Services share a load balancer's address and port"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [Service.kind]
  let explanation = """
    Two Services of type LoadBalancer were given one address, and both serve the same port there: \
    requests reach one of them, and nobody knows which. Usual causes: two load balancer controllers \
    with one pool of addresses, or the same address asked for twice. Give one Service another \
    address or port. \
    Verify: kubectl get services -A | grep ADDRESS
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .loadBalancerAddress) > 1 else { return [] }
    let services = cluster.referrers(Service.self, over: .loadBalancerAddress)
      .filter { $0.type == .loadBalancer && !$0.metadata.isTerminating }
    return services.sharedPorts.map { port, services in
      let services = services.youngestFirst()
      return Observation(
        "Port \(port) of load balancer address \(subject.address) belongs to "
          + "\(services.count) Services: \(services.names)",
        evidence: services.flatMap { service in
          [
            Evidence(
              service.id,
              "status.loadBalancer.ingress.ip",
              subject.address.description
            ),
            Evidence(service.id, "spec.ports", port),
          ]
        },
        related: services.map(\.id),
        beginning: .notBefore(services[0].metadata.creationTimestamp),
        discriminator: port
      )
    }
  }
}

extension [Service] {
  /// The ports, as in `443/TCP`, that several of them serve, each with those that do.
  var sharedPorts: [(port: String, services: [Service])] {
    var servicesByPort: [String: [Service]] = [:]
    for service in self {
      for port in Set(service.ports.map { "\($0.number)/\($0.portProtocol)" }) {
        servicesByPort[port, default: []].append(service)
      }
    }
    return servicesByPort.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}
