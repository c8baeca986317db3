import Inspection
import KubernetesObjects

/// Finds Nodes that no CMDB knows.
struct UnregisteredNode: Check {
  let id: CheckID = "drift/cmdb-unregistered-node"
  let title = "Node is in no CMDB"
  let severity = Severity.critical
  let settles = Duration.seconds(300)
  let needs = [Node.kind, InventoryMachine.kind]
  let remedies: [RemedyID] = ["cordon-node", "drain-node", "delete-object"]
  let explanation = """
    No machine of the configured CMDBs has this Node's providerID, systemUUID, host name or address. \
    Nobody answers for such a machine: it may have joined without being asked, or it is on no list \
    when certificates, firmware or contracts are renewed. If it belongs here, register it; if not, \
    cordon and drain it, and delete the Node. A CMDB that cannot be read finds nothing. \
    Verify: kubectl get node NODE -o jsonpath='{.spec.providerID} {.status.nodeInfo.systemUUID} \
    {.status.addresses}', and look that up in the CMDB.
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard !cluster.hasReferrer(over: .machineRecord), !node.isVirtual,
      !node.metadata.isTerminating, cluster.isKnown(InventoryMachine.kind)
    else { return [] }
    let addresses = node.addresses.map(\.description).joined(separator: ", ")
    let identities = [
      ("spec.providerID", node.providerID), ("status.nodeInfo.systemUUID", node.systemUUID),
      ("metadata.name", node.metadata.name), ("status.addresses", addresses),
    ].filter { !$0.1.isEmpty }
    return [
      Observation(
        "Node \(node.metadata.name) is in no CMDB: no record has any of its identities",
        evidence: identities.map { Evidence(node.id, $0.0, $0.1) },
        beginning: .notBefore(node.metadata.creationTimestamp)
      )
    ]
  }
}
