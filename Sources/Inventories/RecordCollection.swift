import KubernetesObjects
import UserConfiguration
import WireFormats

/// The records of one reading, as they come.
struct RecordCollection {
  /// How many problems are told of one by one.
  private static let toldProblems = 5

  private let settings: InventorySettings
  private var machines: [RegisteredMachine] = []
  private var entries: [AllocationTable.Entry] = []
  private(set) var recordCount = 0
  private var uselessCount = 0
  private var problems: [String] = []
  private var problemCount = 0
  private var hasher = Hasher()

  init(_ settings: InventorySettings) { self.settings = settings }

  /// Takes in a document; a text that names it stands before the places of problems.
  mutating func add(
    _ bytes: [UInt8],
    as format: InventorySource.Format,
    records: RecordPath,
    mapping: RecordMapping,
    named name: String
  ) throws(RecordDocument.Problem) -> RecordDocument {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    return try RecordDocument(bytes, as: format, records: records) { record, place in
      recordCount += 1
      func note(_ reason: String) {
        problemCount += 1
        if problems.count < Self.toldProblems { problems.append("\(name), \(place): \(reason)") }
      }
      switch settings.kind {
      case .cmdb:
        let machine = mapping.machine(from: record, note)
        if let machine { machines.append(machine) } else { uselessCount += 1 }
      case .ipam:
        let found = mapping.entries(from: record, note)
        if found.isEmpty { uselessCount += 1 } else { entries += found }
      }
    }
  }

  /// What tells these bytes from others.
  var digest: Int { hasher.finalize() }

  /// All that was read.
  ///
  /// Where records say nothing, they are not what was asked for: nobody is to be missed for that.
  func reading(from place: String) throws(InventoryError) -> InventoryReading {
    guard recordCount > 0 else {
      throw .nonsense(place: place, reason: "there is no record, which is not believed")
    }
    guard uselessCount * 5 <= recordCount else {
      let example = problems.first.map { " (\($0))" } ?? ""
      throw .nonsense(
        place: place,
        reason: "\(uselessCount) of \(recordCount) records say nothing: check map\(example)"
      )
    }
    let records: InventoryContent.Records
    switch settings.kind {
    case .cmdb:
      var labels = NodeLabelNames()
      labels.owner = settings.labels[.owner]
      labels.rack = settings.labels[.rack]
      labels.serial = settings.labels[.serial]
      labels.zone = settings.labels[.zone]
      records = .machines(MachineTable(machines, labels: labels))
    case .ipam: records = .addresses(AllocationTable(entries))
    }
    let more = problemCount - problems.count
    return InventoryReading(
      content: InventoryContent(settings.name, records, release: settings.releaseRule),
      recordCount: recordCount,
      problems: problems + (more > 0 ? ["and \(more) more"] : [])
    )
  }
}
