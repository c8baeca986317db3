import WireFormats

/// Which state of an object was read, and who brought it about: what changes with every write, and
/// so is no part of a record.
package struct ObjectVersion: Hashable, Sendable {
  /// Opaque (`metadata.resourceVersion`).
  package var resourceVersion = ""
  /// Who wrote last, as far as field management tells (`metadata.managedFields`): `kubelet`,
  /// `kubectl-client-side-apply`; empty where it does not.
  package var manager = ""
  private var managedAt: Timestamp?

  package init(resourceVersion: String = "", manager: String = "") {
    self.resourceVersion = resourceVersion
    self.manager = manager
  }
}

/// Message `meta.v1.ManagedFieldsEntry`.
private enum ManagedFieldsField: Int, WireField {
  case manager = 1
  case time = 4
  static let fieldNames = FieldNames<Self>()
}

extension ObjectVersion {
  /// Reads `metadata.managedFields`, one entry or several: the newest tells who wrote last.
  mutating func readManager(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      var entryManager = ""
      var time: Timestamp?
      try reader.beginObject()
      while let field = try reader.nextField(ManagedFieldsField.self) {
        switch field {
        case .manager: entryManager = try reader.string()
        case .time: time = try reader.timestamp()
        }
      }
      if let managedAt, let time, time < managedAt { continue }
      managedAt = time ?? managedAt
      manager = entryManager
    }
  }
}
