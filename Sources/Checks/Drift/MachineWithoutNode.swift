import Inspection
import KubernetesObjects

/// Finds machines that serve the cluster as a CMDB says, and are no Node of it.
struct MachineWithoutNode: Check {
  let id: CheckID = "drift/cmdb-missing-node"
  let title = "Machine of the cluster is no Node"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let needs = [Node.kind, InventoryMachine.kind]
  /// The addresses that it does not use are one matter with it.
  let explains = [
    Explanation(up: [.named(.machineRecord)], down: [.allocation], .checks(["drift/ipam-leaked"]))
  ]
  let explanation = """
    The CMDB says that this machine is in service in the cluster, and no Node has its providerID, \
    systemUUID, host name or address. It may be off, its kubelet may not come up, or it was taken out \
    and nobody told the CMDB. Planned and retired machines are not expected. \
    Verify: kubectl get nodes -o wide, and look for the machine's name and addresses.
    """

  func inspect(_ record: InventoryMachine, in cluster: ClusterView) -> [Observation] {
    guard record.servesCluster, record.nodes.isEmpty, record.machine.lifecycle == .inService,
      cluster.isKnown(InventoryMachine.kind), cluster.isKnown(Node.kind)
    else { return [] }
    let machine = record.machine
    let addresses = machine.addresses.map(\.description).joined(separator: ", ")
    let fields = [
      ("cluster", machine.cluster), ("state", machine.state), ("hostname", machine.hostname),
      ("address", addresses), ("serial", machine.serial),
    ].filter { !$0.1.isEmpty }
    return [
      Observation(
        "Machine \(machine.name) serves this cluster as \(record.inventory) says, and no Node is it",
        evidence: fields.map { Evidence(record.id, $0.0, $0.1) }
      )
    ]
  }
}
