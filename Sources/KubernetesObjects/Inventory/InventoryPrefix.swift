/// A range of addresses of an IPAM that the cluster takes some from, as a vertex: how full it is.
///
/// There is one for each range that holds no other, and is allocated to the cluster or has an address
/// that something of it uses.
package struct InventoryPrefix: ObjectRecord {
  package static let kind = ObjectKind("IPAMPrefix", group: ObjectKind.ownGroup)

  package var kind: ObjectKind { Self.kind }
  package var metadata: ObjectMetadata
  package let inventory: String
  package let prefix: IPPrefix
  /// How many of its addresses the IPAM has given out, one by one.
  package let allocatedCount: Int
  /// How many others the cluster uses.
  package let unallocatedCount: Int
  /// Where the range stands in its life.
  package let lifecycle: RecordLifecycle

  package init(
    _ prefix: IPPrefix,
    in inventory: String,
    allocated: Int = 0,
    unallocated: Int = 0,
    lifecycle: RecordLifecycle = .inService
  ) {
    self.prefix = prefix
    self.inventory = inventory
    allocatedCount = allocated
    unallocatedCount = unallocated
    self.lifecycle = lifecycle
    metadata = ObjectMetadata()
    metadata.name = "\(inventory)/\(prefix)"
  }

  package var references: [Reference] { [] }
}
