import WireFormats

/// A place at which two states of an object differ.
struct FieldChange: Equatable {
  let path: JSONPointer
  let before: JSONValue?
  let after: JSONValue?

  /// What differs that is not the server's own; lists are compared whole.
  static func changes(from before: JSONValue, to after: JSONValue) -> [FieldChange] {
    changes(from: before, to: after, at: JSONPointer([])).sorted { $0.path < $1.path }
  }

  private static func changes(
    from before: JSONValue?,
    to after: JSONValue?,
    at path: JSONPointer
  ) -> [FieldChange] {
    guard before != after, !ServerOwnedFields.contain(path) else { return [] }
    // What is added is told field by field, so that each can be taken away again.
    guard case .object(let old) = before ?? .object([:]), case .object(let new)? = after else {
      return [FieldChange(path: path, before: before, after: after)]
    }
    return Set(old.keys).union(new.keys).flatMap { key in
      changes(from: old[key], to: new[key], at: path.appending(key))
    }
  }
}
