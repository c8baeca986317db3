import Inspection
import KubernetesObjects

/// Finds Nodes that take Pods though their machines are out of service as a CMDB says.
struct RetiredMachineNode: Check {
  let id: CheckID = "drift/cmdb-retired-node"
  let title = "Machine is out of service, and its Node takes Pods"
  let severity = Severity.critical
  let settles = Duration.seconds(300)
  let needs = [Node.kind, InventoryMachine.kind]
  let remedies: [RemedyID] = ["cordon-node", "drain-node"]
  let explanation = """
    The CMDB has the machine as decommissioned, in repair or otherwise out of service, and new Pods \
    may still be put on its Node. Somebody may switch it off at any time. Cordon it, drain it, and \
    delete the Node; or tell the CMDB that the machine is back. Which states mean that is configured. \
    Verify: kubectl get node NODE, and look the machine up in the CMDB.
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .machineRecord), !node.isUnschedulable,
      !node.metadata.isTerminating, cluster.isKnown(InventoryMachine.kind)
    else { return [] }
    let records = cluster.machineRecords
    // A replaced machine may have left an old record behind.
    guard let retired = records.first(where: { $0.machine.lifecycle == .retired }),
      records.allSatisfy({ $0.machine.lifecycle == .retired })
    else { return [] }
    return [
      Observation(
        "Node \(node.metadata.name) takes Pods, and its machine is \(retired.machine.state) as "
          + "\(retired.inventory) says",
        evidence: [
          Evidence(node.id, "spec.unschedulable", "false"),
          Evidence(retired.id, "state", retired.machine.state),
        ],
        related: [retired.id],
        beginning: .notBefore(node.metadata.creationTimestamp)
      )
    ]
  }
}
