import KubernetesObjects
import ObjectBuilders

/// What inventories and other clusters tell of a random world.
extension RandomWorld {
  mutating func inventoryMachine() -> InventoryMachine {
    var machine = RegisteredMachine()
    machine.name = pick(["node-1", "node-2", "node-3"])
    machine.hostname = machine.name
    machine.zone = pick(["", "zone-1", "zone-2"])
    machine.rack = pick(["", "r1"])
    machine.providerID = pick(["", "aws:///1"])
    machine.addresses = [IPAddress(pick(["", "192.168.0.1", "192.168.0.2"]))].compactMap(\.self)
    machine.lifecycle = pick([.inService, .inService, .planned, .retired])
    machine.state = pick(["", "active"])
    var labels = NodeLabelNames()
    labels.rack = pick([nil, "app"])
    return InventoryMachine(
      machine,
      in: "cmdb",
      labels: labels,
      servesCluster: Bool.random(using: &random),
      servesOtherCluster: Bool.random(using: &random),
      nodes: pick([[], ["node-1"], ["node-2"], ["node-1", "node-2"]])
    )
  }

  mutating func inventoryAddress() -> InventoryAddress? {
    guard let address = IPAddress(pick(["10.0.1.1", "10.0.1.2", "192.168.0.1", ""])) else {
      return nil
    }
    var allocation = AddressAllocation(in: "ipam")
    allocation.cluster = pick(["", "test", "other"])
    allocation.hostname = pick(["", "node-1"])
    allocation.range = pick([nil, IPPrefix("10.0.0.0/16")])
    allocation.lifecycle = pick([.inService, .inService, .planned, .retired])
    return InventoryAddress(
      address,
      ofCluster: "test",
      managedRange: IPPrefix(pick(["", "10.0.0.0/8"])).map { prefix in
        ManagedRange(prefix, isTold: Bool.random(using: &random))
      },
      allocations: pick([[], [allocation]]),
      isOfServer: pick([false, false, true])
    )
  }

  mutating func inventoryPrefix() -> InventoryPrefix? {
    IPPrefix(pick(["10.0.1.0/24", "10.0.2.0/24"])).map { prefix in
      InventoryPrefix(prefix, in: "ipam", allocated: pick([0, 100]), unallocated: pick([0, 150]))
    }
  }

  mutating func foreignPod(at now: Timestamp) -> ForeignPod {
    ForeignPod(
      .sample(
        pick(["a", "b"]),
        uid: pick(["1", "2", "3"]),
        addresses: [pick(["10.0.1.1", "10.0.1.2"])],
        created: now
      ),
      of: "other"
    )
  }
}
