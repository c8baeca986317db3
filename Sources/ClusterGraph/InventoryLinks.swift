import KubernetesObjects

/// The inventories that a cluster is held against, and which machine each Node is.
struct InventoryLinks: Sendable {
  /// A machine by its inventory's place and its own place there.
  struct Machine: Hashable, Comparable, Sendable {
    let inventory: Int
    let position: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.inventory, left.position) < (right.inventory, right.position)
    }
  }

  /// Each at its place, also while others are not read yet: machines are known by it.
  var contents: [InventoryContent?] = [] {
    didSet { tables = contents.compactMap { $0?.addresses } }
  }
  private var tables: [AllocationTable] = []
  /// What the cluster is called.
  var cluster = ""
  /// The addresses that its API server is reached at.
  var serverAddresses: Set<IPAddress> = []
  /// The ranges that the cluster takes addresses from.
  var space = AddressSpace()
  private(set) var machinesByNode: [Handle: [Machine]] = [:]
  private var nodesByMachine: [Machine: Set<String>] = [:]

  /// Whether there is nothing to be held against.
  var isEmpty: Bool { contents.allSatisfy { $0 == nil } }

  var hasAddresses: Bool { !tables.isEmpty }

  mutating func forgetMatches() {
    machinesByNode = [:]
    nodesByMachine = [:]
  }

  /// Matches a Node, `nil` where it is gone, with its machines.
  ///
  /// Answers the machines for which that makes a difference.
  mutating func match(_ handle: Handle, named name: String, _ node: Node?) -> Set<Machine> {
    let old = machinesByNode[handle] ?? []
    var new: [Machine] = []
    if let node {
      for (index, content) in contents.enumerated() {
        let found = content?.machines?.positions(of: node, inCluster: cluster) ?? []
        new += found.map { Machine(inventory: index, position: $0) }
      }
    }
    guard new != old else { return [] }
    machinesByNode[handle] = new.isEmpty ? nil : new
    for machine in old {
      nodesByMachine[machine]?.remove(name)
      if nodesByMachine[machine]?.isEmpty == true { nodesByMachine[machine] = nil }
    }
    for machine in new { nodesByMachine[machine, default: []].insert(name) }
    return Set(old).symmetricDifference(new)
  }

  /// All machines that belong in the graph: those that serve the cluster, and those that its Nodes are.
  var wantedMachines: Set<Machine> {
    var wanted = Set(nodesByMachine.keys)
    for (index, content) in contents.enumerated() {
      for position in content?.machines?.positions(inCluster: cluster) ?? [] {
        wanted.insert(Machine(inventory: index, position: position))
      }
    }
    return wanted
  }

  /// The vertex of a machine, and whether it belongs in the graph.
  func record(of machine: Machine) -> (record: InventoryMachine, isWanted: Bool)? {
    guard let content = contents[machine.inventory] else { return nil }
    let nodes = nodesByMachine[machine] ?? []
    let record = content.machines?.record(
      at: machine.position,
      in: content.name,
      ofCluster: cluster,
      nodes: nodes.sorted()
    )
    return record.map { ($0, !nodes.isEmpty || $0.servesCluster) }
  }

  /// What the IPAMs say of an address; `nil` where that is nothing that matters to the cluster.
  func record(of address: IPAddress, isUsed: Bool) -> InventoryAddress? {
    // Who does not know the cluster cannot say what is allocated to another.
    let allocations = tables.flatMap { table in
      table.allocations(of: address).map { allocation in
        guard !table.knows(cluster: cluster) else { return allocation }
        var allocation = allocation
        allocation.cluster = ""
        return allocation
      }
    }
    let isOurs = allocations.contains { $0.cluster == cluster && $0.range == nil }
    guard isOurs || isUsed else { return nil }
    let managed = tables.lazy.compactMap { $0.managedRange(around: address) }.first
    // Of addresses within a range of our own nothing more is to be said.
    let isOfNote = allocations.contains { $0.range == nil || $0.cluster != cluster }
    guard isOfNote || managed != nil else { return nil }
    return InventoryAddress(
      address,
      ofCluster: cluster,
      managedRange: managed,
      allocations: allocations,
      isOfServer: serverAddresses.contains(address)
    )
  }

  /// Takes in whether an address is used; answers the ranges for which that makes a difference.
  mutating func note(
    _ handle: Handle,
    _ address: IPAddress,
    isUsed: Bool
  ) -> [AddressSpace.Range] {
    space.note(handle, address, isUsed: isUsed, in: contents)
  }

  /// All ranges that belong in the graph.
  var wantedRanges: Set<AddressSpace.Range> {
    var wanted = Set(space.usedRanges)
    for (index, content) in contents.enumerated() {
      for position in content?.addresses?.innermostRanges(ofCluster: cluster) ?? [] {
        wanted.insert(AddressSpace.Range(inventory: index, position: position))
      }
    }
    return wanted
  }

  /// The vertex of a range, and whether it belongs in the graph.
  func record(of range: AddressSpace.Range) -> (record: InventoryPrefix, isWanted: Bool)? {
    guard let content = contents[range.inventory], let table = content.addresses else { return nil }
    let record = table.record(
      ofRange: range.position,
      in: content.name,
      unallocated: space.unallocatedCount(in: range)
    )
    return (record, space.isUsed(range) || table.isRange(range.position, ofCluster: cluster))
  }

  /// The addresses that belong in the graph though nobody may use them.
  var wantedAddresses: Set<IPAddress> {
    tables.reduce(into: []) { $0.formUnion($1.addresses(ofCluster: cluster)) }
  }
}
