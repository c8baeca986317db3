import KubernetesObjects
import UserConfiguration
import WireFormats

/// Makes of an inventory's records what KPatrol holds clusters against.
struct RecordMapping: Sendable {
  private let settings: InventorySettings
  private let paths: [InventorySettings.Field: [RecordPath]]

  /// `known` says where fields stand that the configuration does not name; otherwise they stand under
  /// their own names.
  init(
    _ settings: InventorySettings,
    known: [InventorySettings.Field: [RecordPath]]? = nil
  ) {
    self.settings = settings
    let fields = InventorySettings.Field.fields(of: settings.kind)
    let ownNames = fields.map { ($0, [RecordPath(name: $0.rawValue)]) }
    let known = known ?? Dictionary(uniqueKeysWithValues: ownNames)
    paths = known.merging(settings.map) { _, written in written }
  }

  /// The machine that a record tells of; `nil` where it says nothing by which one is known.
  func machine(from record: JSONValue, _ note: (String) -> Void) -> RegisteredMachine? {
    var machine = RegisteredMachine()
    machine.hostname = text(.hostname, record)
    machine.addresses = addresses(record, note)
    machine.providerID = text(.providerID, record)
    machine.systemUUID = text(.systemUUID, record)
    machine.serial = text(.serial, record)
    machine.cluster = cluster(record)
    machine.owner = text(.owner, record)
    machine.zone = text(.zone, record)
    machine.rack = text(.rack, record)
    machine.state = text(.state, record)
    machine.lifecycle = lifecycle(machine.state)
    let isKnown =
      !machine.hostname.isEmpty || !machine.addresses.isEmpty || !machine.providerID.isEmpty
      || !machine.systemUUID.isEmpty
    if !isKnown { note("it has no hostname, address, providerID or systemUUID") }
    return isKnown ? machine : nil
  }

  /// The addresses, or the range, that a record tells of.
  func entries(from record: JSONValue, _ note: (String) -> Void) -> [AllocationTable.Entry] {
    var allocation = AddressAllocation(in: settings.name)
    // A million of them take memory, and serve nothing but a release.
    if settings.release != nil { allocation.id = text(.id, record) }
    allocation.cluster = cluster(record)
    allocation.hostname = text(.hostname, record)
    allocation.owner = text(.owner, record)
    allocation.state = text(.state, record)
    allocation.lifecycle = lifecycle(allocation.state)
    let addresses = addresses(record, note)
    guard addresses.isEmpty else {
      return addresses.map { AllocationTable.Entry(.address($0), allocation) }
    }
    let written = text(.prefix, record)
    guard !written.isEmpty else {
      if texts(.address, record).isEmpty { note("it has no address and no prefix") }
      return []
    }
    guard let range = IPPrefix(written) else {
      note("prefix: \(excerpt(written)) is no range of addresses")
      return []
    }
    allocation.range = range
    return [AllocationTable.Entry(.range(range), allocation, isManaged: isManaged(record))]
  }

  // MARK: Fields

  private func texts(_ field: InventorySettings.Field, _ record: JSONValue) -> [String] {
    paths[field]?.lazy.map { $0.texts(in: record) }.first { !$0.isEmpty } ?? []
  }

  private func text(_ field: InventorySettings.Field, _ record: JSONValue) -> String {
    texts(field, record).first ?? ""
  }

  /// The addresses of all paths: a machine has one of each family.
  ///
  /// How long the prefix is that an address is written with does not matter, and a cell may hold several.
  private func addresses(_ record: JSONValue, _ note: (String) -> Void) -> [IPAddress] {
    var addresses: [IPAddress] = []
    for text in (paths[.address] ?? []).flatMap({ $0.texts(in: record) }) {
      for part in text.split(whereSeparator: { ",; \n".contains($0) }) {
        guard let address = IPAddress(String(part.prefix { $0 != "/" })) else {
          note("address: \(excerpt(String(part))) is no address")
          continue
        }
        if !addresses.contains(address) { addresses.append(address) }
      }
    }
    return addresses
  }

  private func cluster(_ record: JSONValue) -> String {
    let name = text(.cluster, record)
    return settings.clusters[name] ?? name
  }

  private func lifecycle(_ state: String) -> RecordLifecycle {
    let state = state.lowercased()
    if settings.retiredStates.contains(state) { return .retired }
    return settings.plannedStates.contains(state) ? .planned : .inService
  }

  private func isManaged(_ record: JSONValue) -> Bool? {
    switch text(.managed, record).lowercased() {
    case "true", "yes", "1": true
    case "false", "no", "0": false
    default: nil
    }
  }

  private func excerpt(_ text: String) -> String {
    "\"\(text.prefix(40))\"" + (text.count > 40 ? "…" : "")
  }
}
