import WireFormats

/// Which state of an object was read, and who brought it about: what changes with every write, and
/// so is no part of a record.
package struct ObjectVersion: Hashable, Sendable {
  /// Opaque (`metadata.resourceVersion`).
  package var resourceVersion = ""
  /// Who wrote last, as far as field management tells (`metadata.managedFields`): `kubelet`,
  /// `kubectl-client-side-apply`; empty where it does not.
  package var manager = ""

  package init(resourceVersion: String = "", manager: String = "") {
    self.resourceVersion = resourceVersion
    self.manager = manager
  }
}

/// Message `meta.v1.ManagedFieldsEntry`.
private enum ManagedFieldsField: Int, WireField {
  case manager = 1, apiVersion = 3
  static let fieldNames = FieldNames<Self>()
}

extension ObjectVersion {
  /// Reads `metadata.managedFields`, one entry or several, and notes what they were written in.
  ///
  /// API servers write those of applies first, and then those of updates in the order of their times:
  /// so the last is the newest update, which is nearly always the last write.
  mutating func readManager(
    from reader: inout FieldReader,
    _ deprecated: inout DeprecatedVersion?
  ) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while let field = try reader.nextField(ManagedFieldsField.self) {
        switch field {
        case .manager: manager = try reader.string()
        case .apiVersion:
          if let version = DeprecatedVersion(try reader.string()) { deprecated = version }
        }
      }
    }
  }
}
