import Inspection
import KubernetesObjects

/// Finds addresses in use that are allocated to somebody else.
struct ForeignAllocation: Check {
  let id: CheckID = "drift/ipam-owner"
  let title = "Address in use is allocated to somebody else"
  let severity = Severity.critical
  let settles = Duration.seconds(120)
  let needs = [InventoryAddress.kind]
  let explanation = """
    A Pod, a Node or a load balancer has an address that an IPAM has allocated to another cluster, \
    alone or with the range around it, or to a machine that is not this Node. Once its owner uses it, \
    two have it. Correct the IPAM, or give the cluster another address. Clusters are compared only \
    where the IPAM names this one anywhere. \
    Verify: kubectl get pods,nodes,services -A -o wide | grep ADDRESS, and look it up in the IPAM.
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard let record = cluster.addressRecord, cluster.isKnown(InventoryAddress.kind) else {
      return []
    }
    let allocations = record.allocations.filter { $0.lifecycle != .retired }
    guard !allocations.isEmpty else { return [] }
    let users = AddressUsers(in: cluster)
    guard !users.isEmpty,
      !allocations.contains(where: { fits($0, users, ofCluster: record.cluster) })
    else { return [] }
    let id = VertexID.object(record.key)
    let owners = allocations.map { owner(of: $0, besides: record.cluster) }
    return [
      Observation(
        "Address \(subject.address) of \(users.names) is allocated to "
          + owners.joined(separator: " and "),
        evidence: users.evidence(subject.address) + allocations.map { $0.evidence(in: id) },
        related: users.vertices + [id],
        beginning: .notBefore(users.newest)
      )
    ]
  }

  /// Whether the users may be those that the address was allocated to.
  private func fits(
    _ allocation: AddressAllocation,
    _ users: AddressUsers,
    ofCluster cluster: String
  ) -> Bool {
    guard ["", cluster].contains(allocation.cluster) else { return false }
    // Names of machines say something about Nodes alone: those of services are in DNS.
    guard allocation.range == nil, !allocation.hostname.isEmpty else { return true }
    let host = HostName(allocation.hostname)
    return users.nodes.allSatisfy { node in
      let label = node.metadata.labels["kubernetes.io/hostname"] ?? ""
      return host.mayBe(HostName(node.metadata.name)) || host.mayBe(HostName(label))
    }
  }

  private func owner(of allocation: AddressAllocation, besides cluster: String) -> String {
    ["", cluster].contains(allocation.cluster)
      ? "host \(allocation.hostname)" : "cluster \(allocation.cluster)"
  }
}
