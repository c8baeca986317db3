import Inspection
import KubernetesObjects

/// Finds Services whose `externalIPs` take what is somebody else's.
struct ExternalAddressConflict: Check {
  let id: CheckID = "conflict/external-address"
  let title = "Service's external address is somebody else's"
  let severity = Severity.critical
  let settles = Duration.zero
  let needs = [Service.kind]
  let remedies: [RemedyID] = ["remove-external-ip"]
  let explanation = """
    On each Node, traffic for an address in externalIPs goes to the Service, whoever else has the \
    address: with a Pod's or a Service's address, that one is cut off, by mistake or on purpose \
    (CVE-2020-8554). A Node's own address is a usual choice, and only reported as information, \
    unless the Service takes a port that Kubernetes itself or SSH uses there. \
    Verify: kubectl get services -A -o wide | grep ADDRESS
    """

  /// Ports of Nodes without which nobody reaches them or the control plane: SSH, BGP, etcd, API
  /// servers, kubelets, kube-proxy, controller managers, schedulers.
  private static let portsOfNodes: Set<UInt16> = [
    22, 179, 2379, 2380, 6443, 10249, 10250, 10255, 10256, 10257, 10259,
  ]

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .externalAddress) else { return [] }
    let takers = cluster.referrers(Service.self, over: .externalAddress)
      .filter { !$0.metadata.isTerminating }
    let holders = Holders(
      pods: cluster.referrers(Pod.self, over: .address),
      nodes: cluster.referrers(Node.self, over: .nodeAddress).filter { !$0.isVirtual },
      services: cluster.referrers(Service.self, over: .clusterAddress)
    )
    return takers.compactMap { observation(of: $0, taking: subject.address, from: holders) }
      + takers.sharedPorts.map { observation(ofPort: $0, of: $1, at: subject.address) }
  }

  /// Those that an address belongs to.
  private struct Holders {
    let pods: [Pod]
    let nodes: [Node]
    let services: [Service]
  }

  private func observation(
    of service: Service,
    taking address: IPAddress,
    from holders: Holders
  ) -> Observation? {
    let others = holders.services.filter { $0.key != service.key }
    let evidence =
      holders.pods.map { Evidence($0.id, "status.podIP", address.description) }
      + others.map { Evidence($0.id, "spec.clusterIPs", address.description) }
      + holders.nodes.map { Evidence($0.id, "status.addresses", address.description) }
    guard !evidence.isEmpty else { return nil }
    let isOfNodesAlone = holders.pods.isEmpty && others.isEmpty
    let ports = service.ports.map(\.number).filter(Self.portsOfNodes.contains)
    let victims = evidence.map(\.source.description).joined(separator: ", ")
    return Observation(
      "Service \(service.key.qualifiedName) takes requests for \(address), the address of "
        + victims,
      evidence: [
        Evidence(service.id, "spec.externalIPs", address.description),
        Evidence(
          service.id,
          "spec.ports",
          service.ports.map { "\($0.number)/\($0.portProtocol)" }.joined(separator: ", ")
        ),
      ] + evidence,
      related: [service.id] + evidence.map(\.source),
      severity: isOfNodesAlone && ports.isEmpty ? .info : nil,
      discriminator: service.key.qualifiedName
    )
  }

  private func observation(
    ofPort port: String,
    of services: [Service],
    at address: IPAddress
  ) -> Observation {
    let services = services.youngestFirst()
    return Observation(
      "Port \(port) of external address \(address) is taken by \(services.count) Services: "
        + services.names,
      evidence: services.map { Evidence($0.id, "spec.externalIPs", address.description) },
      related: services.map(\.id),
      discriminator: port
    )
  }
}
