import Inspection
import KubernetesObjects

/// Finds Nodes of which a CMDB says something else than they do.
struct MachineAttributeDrift: Check {
  let id: CheckID = "drift/cmdb-attribute"
  let title = "Node and CMDB disagree"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let needs = [Node.kind, InventoryMachine.kind]
  let remedies: [RemedyID] = ["relabel-node"]
  let explanation = """
    The Node's machine is registered, with another address, identity, cluster, zone, rack, serial \
    number or owner than the Node has. Whoever relies on the CMDB, or on the Node's labels, is \
    misled: spreading over zones and racks in particular goes by labels. Which label holds what is \
    configured; a zone is compared with topology.kubernetes.io/zone where the Node has that. \
    Labels can be set to what the CMDB says; the rest is mended where it is wrong. \
    Verify: kubectl get node NODE -o yaml
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .machineRecord), !node.isVirtual, !node.metadata.isTerminating,
      cluster.isKnown(InventoryMachine.kind)
    else { return [] }
    return cluster.machineRecords.flatMap { record in
      record.differences(from: node).map { observation(of: $0, node, record) }
    }
  }

  private func observation(
    of difference: MachineDifference,
    _ node: Node,
    _ record: InventoryMachine
  ) -> Observation {
    let actual = difference.nodeValue.isEmpty ? "none" : difference.nodeValue
    return Observation(
      "Node \(node.metadata.name) has \(difference.attribute) \(actual), and \(record.inventory) "
        + "says \(difference.recordValue)",
      evidence: [
        Evidence(node.id, difference.path, difference.nodeValue),
        Evidence(record.id, difference.attribute, difference.recordValue),
      ],
      related: [record.id],
      remedies: difference.label == nil ? [] : ["relabel-node"],
      beginning: .notBefore(node.metadata.creationTimestamp),
      discriminator: "\(record.inventory) \(difference.attribute)"
    )
  }
}
