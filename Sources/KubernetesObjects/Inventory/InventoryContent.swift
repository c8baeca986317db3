/// All that one inventory tells, as it was last read; copies share their storage.
package struct InventoryContent: Sendable {
  package enum Records: Sendable {
    case machines(MachineTable)
    case addresses(AllocationTable)
  }

  /// The inventory's name in the configuration.
  package let name: String
  package let records: Records
  /// How an address of it is released; `nil` where that is not configured.
  package let release: ReleaseRule?

  package init(_ name: String, _ records: Records, release: ReleaseRule? = nil) {
    self.name = name
    self.records = records
    self.release = release
  }

  package var machines: MachineTable? {
    if case .machines(let table) = records { table } else { nil }
  }

  package var addresses: AllocationTable? {
    if case .addresses(let table) = records { table } else { nil }
  }
}
