package import KubernetesObjects

/// What inventories say, as vertices beside what is there.
///
/// An inventory may tell of a million addresses. Of these the graph holds what concerns the cluster:
/// what is allocated to it, and what something of it uses or is.
extension ClusterGraph {
  /// How an address is used; not that somebody merely tells of it.
  private static let uses: [Relation] = [
    .address, .clusterAddress, .externalAddress, .loadBalancerAddress, .nodeAddress,
  ]

  /// Takes in what all inventories that the cluster is held against say now, each at its place; `nil`
  /// for one that is not read yet.
  ///
  /// What is as before touches nothing. Only vertices of the `changed` kinds are looked at.
  package mutating func setInventories(
    _ contents: [InventoryContent?],
    ofCluster cluster: String,
    serverAddresses: Set<IPAddress> = [],
    changed: Set<ObjectKind> = [InventoryAddress.kind, InventoryMachine.kind],
    touching touched: inout HandleSet
  ) {
    inventories.contents = contents
    inventories.cluster = cluster
    inventories.serverAddresses = serverAddresses
    if changed.contains(InventoryMachine.kind) { linkMachines(&touched) }
    if changed.contains(InventoryAddress.kind) { linkAddresses(&touched) }
  }

  /// How an address of the inventory of this name is released; `nil` where that is not configured.
  package func releaseRule(ofInventory name: String) -> ReleaseRule? {
    inventories.contents.lazy.compactMap(\.self).first { $0.name == name }?.release
  }

  /// Matches all Nodes anew.
  private mutating func linkMachines(_ touched: inout HandleSet) {
    inventories.forgetMatches()
    for handle in state(of: Node.kind)?.objects ?? [] {
      guard let node = record(of: handle) as? Node else { continue }
      _ = inventories.match(handle, named: node.metadata.name, node)
    }
    let machines = inventories.wantedMachines.sorted()
      .compactMap { inventories.record(of: $0)?.record }
    replaceOwn(InventoryMachine.kind, with: machines, touching: &touched)
  }

  /// Looks up all addresses anew.
  private mutating func linkAddresses(_ touched: inout HandleSet) {
    var addresses: [InventoryAddress] = []
    var wanted = inventories.wantedAddresses
    inventories.space.forget()
    if inventories.hasAddresses {
      for handle in allHandles {
        guard case .address(let address) = self[handle].name else { continue }
        wanted.remove(address)
        let isUsed = isUsed(handle)
        _ = inventories.note(handle, address, isUsed: isUsed)
        if let record = inventories.record(of: address, isUsed: isUsed) {
          addresses.append(record)
        }
      }
      addresses += wanted.compactMap { inventories.record(of: $0, isUsed: false) }
    }
    replaceOwn(InventoryAddress.kind, with: addresses, touching: &touched)
    let ranges = inventories.wantedRanges.sorted().compactMap { inventories.record(of: $0)?.record }
    replaceOwn(InventoryPrefix.kind, with: ranges, touching: &touched)
  }

  /// Looks up in the inventories what was touched: Nodes that came, went or changed, and addresses that
  /// are used now, or no longer.
  package mutating func linkInventories(touching touched: inout HandleSet) {
    guard !inventories.isEmpty else { return }
    var ranges: Set<AddressSpace.Range> = []
    for handle in touched {
      switch self[handle].name {
      case .address(let address) where inventories.hasAddresses:
        let isUsed = isUsed(handle)
        ranges.formUnion(inventories.note(handle, address, isUsed: isUsed))
        link(address, inventories.record(of: address, isUsed: isUsed), touching: &touched)
      case .object(let kind, _, let name) where kinds[kind.position].kind == Node.kind:
        let machines = inventories.match(handle, named: name, record(of: handle) as? Node)
        for machine in machines.sorted() { link(machine, touching: &touched) }
      case .address, .object, .shared, .free: break
      }
    }
    for range in ranges.sorted() { link(range, touching: &touched) }
  }

  private func isUsed(_ handle: Handle) -> Bool {
    Self.uses.contains { hasReferrer(handle, over: $0) }
  }

  private mutating func link(
    _ address: IPAddress,
    _ record: InventoryAddress?,
    touching touched: inout HandleSet
  ) {
    let key = ObjectKey(InventoryAddress.kind, name: address.description)
    if let record {
      upsert(ObjectSnapshot(record: record, version: ObjectVersion()), touching: &touched)
    } else {
      remove(key, touching: &touched)
    }
  }

  private mutating func link(
    _ machine: InventoryLinks.Machine,
    touching touched: inout HandleSet
  ) {
    guard let (record, isWanted) = inventories.record(of: machine) else { return }
    link(record, isWanted: isWanted, touching: &touched)
  }

  private mutating func link(_ range: AddressSpace.Range, touching touched: inout HandleSet) {
    guard let (record, isWanted) = inventories.record(of: range) else { return }
    link(record, isWanted: isWanted, touching: &touched)
  }

  private mutating func link(
    _ record: some ObjectRecord,
    isWanted: Bool,
    touching touched: inout HandleSet
  ) {
    if isWanted {
      upsert(ObjectSnapshot(record: record, version: ObjectVersion()), touching: &touched)
    } else {
      remove(record.key, touching: &touched)
    }
  }

  /// Makes the objects of a kind of our own these, whether the kind is known or not.
  package mutating func replaceOwn(
    _ kind: ObjectKind,
    with records: [any ObjectRecord],
    touching touched: inout HandleSet
  ) {
    var gone = Set(keys(of: kind))
    for record in records {
      gone.remove(record.key)
      upsert(ObjectSnapshot(record: record, version: ObjectVersion()), touching: &touched)
    }
    for key in gone { remove(key, touching: &touched) }
  }
}
