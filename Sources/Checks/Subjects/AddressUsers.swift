import Inspection
import KubernetesObjects

/// Who has an address: live Pods with one of their own, Nodes, load balancers.
struct AddressUsers {
  let pods: [Pod]
  let nodes: [Node]
  let balancers: [Service]

  /// Those of the address that the view is around; all, or all but Pods.
  init(in cluster: ClusterView, withPods: Bool = true) {
    pods = withPods ? cluster.referrers(Pod.self, over: .address) : []
    nodes = cluster.referrers(Node.self, over: .nodeAddress).filter { !$0.isVirtual }
    balancers = cluster.referrers(Service.self, over: .loadBalancerAddress)
  }

  var vertices: [VertexID] { pods.map(\.id) + nodes.map(\.id) + balancers.map(\.id) }
  var isEmpty: Bool { pods.isEmpty && nodes.isEmpty && balancers.isEmpty }

  /// When the newest of them was made: no sooner did all of them have the address.
  var newest: Timestamp? {
    let records: [any ObjectRecord] = pods + nodes + balancers
    return records.compactMap(\.metadata.creationTimestamp).max()
  }

  /// As a sentence names them: `Pod shop/cart-1, Node node-1`.
  var names: String { vertices.map(\.description).joined(separator: ", ") }

  func evidence(_ address: IPAddress) -> [Evidence] {
    let value = address.description
    return pods.map { Evidence($0.id, "status.podIP", value) }
      + nodes.map { Evidence($0.id, "status.addresses", value) }
      + balancers.map { Evidence($0.id, "status.loadBalancer.ingress", value) }
  }
}

extension AddressAllocation {
  /// What it says in a few words: `active, cluster prod, host node-1`.
  var summary: String {
    let parts = [
      range.map { "range \($0)" } ?? "", state, cluster.isEmpty ? "" : "cluster \(cluster)",
      hostname.isEmpty ? "" : "host \(hostname)", owner.isEmpty ? "" : "owner \(owner)",
    ].filter { !$0.isEmpty }
    return parts.isEmpty ? "allocated" : parts.joined(separator: ", ")
  }

  /// The evidence that it is, in the record of an address.
  func evidence(in record: VertexID) -> Evidence { Evidence(record, inventory, summary) }
}
