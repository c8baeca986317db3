import WireFormats

/// Message `meta.v1.ManagedFieldsEntry`.
private enum ManagedFieldsField: Int, WireField {
  case manager = 1, apiVersion = 3, fieldsV1 = 7
  static let fieldNames = FieldNames<Self>()
}

/// Message `meta.v1.FieldsV1`, which is JSON in both encodings, and bare in JSON.
private enum FieldsField: Int, WireField {
  case raw = 1
  static let fieldNames = FieldNames<Self>()
}

extension ObjectMetadata {
  /// Reads `metadata.managedFields`, one entry or several: who wrote last into `version`, and what
  /// the entries were written in.
  ///
  /// API servers write the entries of applies first, and then those of updates in the order of their
  /// times: so the last is the newest update, which is nearly always the last write.
  ///
  /// Which fields an entry is about is read only where finalizers hold up a deletion, which servers
  /// write before it: it is a third of most objects.
  mutating func readManagedFields(
    from reader: inout FieldReader,
    version: inout ObjectVersion
  ) throws(WireError) {
    let asksWhoHoldsIt = isTerminating && !finalizers.isEmpty
    try reader.beginArray()
    while try reader.nextElement() {
      var held: [String] = []
      try reader.beginObject()
      while let field = try reader.nextField(ManagedFieldsField.self) {
        switch field {
        case .manager: version.manager = try reader.string()
        case .apiVersion:
          if let version = DeprecatedVersion(try reader.string()) { deprecatedVersion = version }
        case .fieldsV1 where asksWhoHoldsIt: try reader.append(finalizersTo: &held)
        case .fieldsV1: try reader.skip()
        }
      }
      for finalizer in held { finalizerManagers[finalizer] = version.manager }
    }
  }
}

extension FieldReader {
  /// Reads which finalizers a `FieldsV1` speaks of: `{"f:metadata":{"f:finalizers":{"v:\"a/b\"":{}}}}`.
  fileprivate mutating func append(finalizersTo names: inout [String]) throws(WireError) {
    guard encoding == .protobuf else { return try append(finalizersOfSetTo: &names) }
    try beginObject()
    while try nextField(FieldsField.self) != nil {
      names += try readJSON { reader throws(WireError) in
        var found: [String] = []
        try reader.append(finalizersOfSetTo: &found)
        return found
      }
    }
  }

  private mutating func append(finalizersOfSetTo names: inout [String]) throws(WireError) {
    try forEachMember(named: "f:metadata") { reader throws(WireError) in
      try reader.forEachMember(named: "f:finalizers") { reader throws(WireError) in
        try reader.beginObject()
        while let key = try reader.nextKey() {
          // Elements of a set are named by their value in JSON; "." stands for the set itself.
          if key.hasPrefix("v:\""), key.hasSuffix("\"") {
            names.append(String(key.dropFirst(3).dropLast()))
          }
          try reader.skip()
        }
      }
    }
  }

  /// Lets `read` read the member `name` of the object that is next, and skips the others.
  private mutating func forEachMember(
    named name: String,
    _ read: (inout FieldReader) throws(WireError) -> Void
  ) throws(WireError) {
    try beginObject()
    while let key = try nextKey() {
      if key == name { try read(&self) } else { try skip() }
    }
  }
}
