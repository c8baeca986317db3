import ClusterGraph
package import KubernetesObjects

extension InventoryMachine: InspectionSubject {
  package static let scope = SubjectScope.kind(kind)

  package init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record = record as? InventoryMachine else { return nil }
    self = record
  }

  package var id: VertexID { .object(key) }
}

extension InventoryPrefix {
  package var id: VertexID { .object(key) }
}

extension ClusterView {
  /// What CMDBs say of the Node that the view is around.
  package var machineRecords: [InventoryMachine] {
    guard hasReferrer(over: .machineRecord) else { return [] }
    return referrers(over: .machineRecord).compactMap { $0.presence.record as? InventoryMachine }
  }

  /// What IPAMs say of the address that the view is around; `nil` where that is nothing.
  package var addressRecord: InventoryAddress? {
    guard hasReferrer(over: .allocation) else { return nil }
    return referrers(over: .allocation).lazy.compactMap { $0.presence.record as? InventoryAddress }
      .first
  }
}
