package import WireFormats

/// An object that a user edited.
package struct EditedObject: Sendable, Equatable {
  /// As the server had it when the user began.
  package let original: JSONValue
  package let edited: JSONValue

  package init(_ original: JSONValue, editedTo edited: JSONValue) {
    self.original = original
    self.edited = edited
  }

  /// The patch that makes one of the other, each change with a test that what it replaces is still what
  /// the user saw (RFC 6902): status may go on changing meanwhile, as that of a workload nearly always does.
  var operations: [JSONValue] { Self.operations(original, edited, at: JSONPointer([])) }

  /// The fields at the top in which they differ.
  var changedParts: [String] {
    let keys = Set((original.objectValue ?? [:]).keys).union((edited.objectValue ?? [:]).keys)
    return keys.filter { original[$0] != edited[$0] }.sorted()
  }

  private static func operations(
    _ old: JSONValue,
    _ new: JSONValue,
    at path: JSONPointer
  ) -> [JSONValue] {
    guard old != new else { return [] }
    guard let before = old.objectValue, let after = new.objectValue else {
      return [operation("test", path, old), operation("replace", path, new)]
    }
    return Set(before.keys).union(after.keys).sorted().flatMap { key -> [JSONValue] in
      let place = path.appending(key)
      guard let old = before[key] else { return [operation("add", place, after[key])] }
      guard let new = after[key] else {
        return [operation("test", place, old), operation("remove", place, nil)]
      }
      return operations(old, new, at: place)
    }
  }

  private static func operation(
    _ name: String,
    _ path: JSONPointer,
    _ value: JSONValue?
  ) -> JSONValue {
    var operation: JSONValue = ["op": .string(name), "path": .string(path.description)]
    operation["value"] = value
    return operation
  }
}
