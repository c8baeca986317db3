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

  /// The merge patch that makes one of the other (RFC 7386); `nil` where nothing differs.
  var difference: JSONValue? { Self.difference(original, edited) }

  private static func difference(_ old: JSONValue, _ new: JSONValue) -> JSONValue? {
    guard old != new else { return nil }
    guard let before = old.objectValue, let after = new.objectValue else { return new }
    var patch: [String: JSONValue] = [:]
    for key in before.keys where after[key] == nil { patch[key] = .null }
    for (key, value) in after {
      if let old = before[key] {
        patch[key] = difference(old, value)
      } else {
        patch[key] = value
      }
    }
    return .object(patch)
  }
}
