import Inspection
import KubernetesObjects

/// Finds addresses that two Nodes report.
struct NodeAddressConflict: Check {
  let id: CheckID = "conflict/node-address"
  let title = "Two Nodes have one address"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let explanation = """
    Two Nodes report the same internal or external address. Logs, exec and metrics of one reach \
    the other's kubelet, and traffic between Pods goes astray. Usual causes: a machine that came \
    back under another name while its old Node is still there, or an address given out twice. \
    Delete the Node whose machine is gone, or give one machine another address. \
    Verify: kubectl get nodes -o wide
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .nodeAddress) > 1 else { return [] }
    let nodes = cluster.referrers(Node.self, over: .nodeAddress)
      .filter { !$0.isVirtual && !$0.metadata.isTerminating }.youngestFirst()
    guard nodes.count > 1 else { return [] }
    let address = subject.address.description
    return [
      Observation(
        "Address \(address) is reported by \(nodes.count) Nodes: \(nodes.names)",
        evidence: nodes.map { Evidence($0.id, "status.addresses", address) },
        related: nodes.map(\.id),
        beginning: .notBefore(nodes[0].metadata.creationTimestamp)
      )
    ]
  }
}
