/// A machine of a CMDB as a vertex: no object of the API server, but a record that Nodes are held
/// against.
package struct InventoryMachine: ObjectRecord {
  package static let kind = ObjectKind("CMDBMachine", group: ObjectKind.ownGroup)

  package var kind: ObjectKind { Self.kind }
  package var metadata: ObjectMetadata
  package let inventory: String
  package let machine: RegisteredMachine
  /// The labels of Nodes that its fields are compared with.
  package let labels: NodeLabelNames
  /// Whether the inventory says that it serves this cluster.
  package let servesCluster: Bool
  /// Whether the inventory knows this cluster by its name, and says that the machine serves another.
  package let servesOtherCluster: Bool
  /// The Nodes that are this machine, in the order of their names.
  package let nodes: [String]

  package init(
    _ machine: RegisteredMachine,
    in inventory: String,
    labels: NodeLabelNames = NodeLabelNames(),
    servesCluster: Bool = true,
    servesOtherCluster: Bool = false,
    nodes: [String] = []
  ) {
    self.machine = machine
    self.inventory = inventory
    self.labels = labels
    self.servesCluster = servesCluster
    self.servesOtherCluster = servesOtherCluster
    self.nodes = nodes
    metadata = ObjectMetadata()
    metadata.name = "\(inventory)/\(machine.name)"
  }

  package var references: [Reference] {
    nodes.map { name in
      Reference(.machineRecord, .object(ObjectKey(Node.kind, name: name)), path: "nodes")
    }
      + machine.addresses.map { Reference(.machineRecord, .address($0), path: "address") }
  }
}

extension ObjectKind {
  /// The group of the vertices that KPatrol itself makes.
  package static let ownGroup = "kpatrol.io"

  /// The kinds of vertices that KPatrol itself makes, and no API server serves.
  package static let own: [ObjectKind] = [
    ClusterRecord.kind, ForeignPod.kind, InventoryAddress.kind, InventoryMachine.kind,
    InventoryPrefix.kind, UtilisationRecord.kind,
  ]
}
