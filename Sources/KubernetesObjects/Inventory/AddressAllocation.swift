/// What an IPAM says of an address, or of a range of them; what it does not tell is empty.
package struct AddressAllocation: Hashable, Sendable {
  package var inventory: String
  /// What the inventory itself calls its record; it is read where addresses may be released.
  package var id = ""
  /// The range that is allocated as a whole; `nil` where it is the address alone.
  package var range: IPPrefix?
  /// The context of the cluster that it is allocated to.
  package var cluster = ""
  /// The machine that it is allocated to.
  package var hostname = ""
  package var owner = ""
  /// The state in the inventory's own words.
  package var state = ""
  package var lifecycle = RecordLifecycle.inService

  package init(in inventory: String) { self.inventory = inventory }
}

/// A range whose addresses an IPAM allocates one by one.
package struct ManagedRange: Hashable, Sendable {
  package let prefix: IPPrefix
  /// Whether the IPAM says so; otherwise some of them are allocated, which tells of machines alone:
  /// in a flat network Pods may have addresses of the same range that nobody registers.
  package let isTold: Bool

  package init(_ prefix: IPPrefix, isTold: Bool) {
    self.prefix = prefix
    self.isTold = isTold
  }
}

/// What the IPAMs say of one address of a cluster, as a vertex.
///
/// There is one for each address that is allocated to the cluster, and for each that something of the
/// cluster uses and that an IPAM has something to say of.
package struct InventoryAddress: ObjectRecord {
  package static let kind = ObjectKind("IPAMAddress", group: ObjectKind.ownGroup)

  package var kind: ObjectKind { Self.kind }
  package var metadata: ObjectMetadata
  package let address: IPAddress
  /// The cluster whose graph this is in.
  package let cluster: String
  /// The smallest range around it, where its inventory allocates the addresses of that one by one.
  package let managedRange: ManagedRange?
  package let allocations: [AddressAllocation]
  /// Whether the cluster's API server itself is reached at it.
  package let isOfServer: Bool

  package init(
    _ address: IPAddress,
    ofCluster cluster: String,
    managedRange: ManagedRange? = nil,
    allocations: [AddressAllocation] = [],
    isOfServer: Bool = false
  ) {
    self.address = address
    self.cluster = cluster
    self.managedRange = managedRange
    self.allocations = allocations
    self.isOfServer = isOfServer
    metadata = ObjectMetadata()
    metadata.name = address.description
  }

  /// What says that the address alone is given out to the cluster, and in use.
  package var ownAllocation: AddressAllocation? {
    allocations.first { allocation in
      allocation.range == nil && allocation.cluster == cluster
        && allocation.lifecycle == .inService
    }
  }

  package var references: [Reference] {
    [Reference(.allocation, .address(address), path: "address")]
  }
}
