/// One change of one object, in the order in which the store made it.
struct StoreEvent: Sendable {
  enum Kind: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
  }

  let kind: Kind
  /// The object after the change; for a deletion its last state under the deletion's version.
  let object: StoredObject
  /// The object before the change, which decides whether a watch with a selector saw it.
  let previous: StoredObject?

  var version: UInt64 { object.version }
}
