import WireFormats

/// What a patch makes of an object, worked out here: the server's answer is not kept.
enum UndoPatch {
  /// The object after the patch; `nil` where that cannot be told.
  static func result(
    of body: JSONValue,
    contentType: String,
    on object: JSONValue
  ) -> JSONValue? {
    switch contentType {
    case "application/merge-patch+json": merged(body, into: object)
    // Without lists it is the same as a merge.
    case "application/strategic-merge-patch+json" where body.isWithoutLists:
      merged(body, into: object)
    case "application/json-patch+json":
      body.arrayValue?.reduce(Optional(object)) { object, operation in
        object.flatMap { applied(operation, to: $0) }
      }
    default: nil
    }
  }

  /// RFC 7386.
  private static func merged(_ patch: JSONValue, into object: JSONValue) -> JSONValue {
    guard case .object(let members) = patch else { return patch }
    var result: [String: JSONValue] = object.objectValue ?? [:]
    for (key, value) in members {
      if value == .null {
        result.removeValue(forKey: key)
      } else {
        result[key] = merged(value, into: result[key] ?? .null)
      }
    }
    return .object(result)
  }

  /// RFC 6902, but for moves and copies, which no plan has.
  private static func applied(_ operation: JSONValue, to object: JSONValue) -> JSONValue? {
    guard let pointer = operation["path"]?.stringValue.flatMap(JSONPointer.init) else { return nil }
    let value = operation["value"]
    let change: Change? =
      switch operation["op"]?.stringValue {
      case "add": value.map(Change.add)
      case "replace": value.map(Change.replace)
      case "remove": .remove
      default: nil
      }
    if operation["op"]?.stringValue == "test" { return object }
    return change.flatMap { applied($0, to: object, at: pointer.parts[...]) }
  }

  private enum Change {
    case add(JSONValue)
    case replace(JSONValue)
    case remove
  }

  /// The value changed at a path; `nil` where there is no such path.
  private static func applied(
    _ change: Change,
    to value: JSONValue,
    at path: ArraySlice<String>
  ) -> JSONValue? {
    guard let part = path.first else { return nil }
    let rest = path.dropFirst()
    switch value {
    case .object(var members):
      guard rest.isEmpty else {
        guard let new = members[part].flatMap({ applied(change, to: $0, at: rest) }) else {
          return nil
        }
        members[part] = new
        return .object(members)
      }
      switch change {
      case .add(let new): members[part] = new
      case .replace(let new):
        guard members.updateValue(new, forKey: part) != nil else { return nil }
      case .remove:
        guard members.removeValue(forKey: part) != nil else { return nil }
      }
      return .object(members)
    case .array(var elements):
      if rest.isEmpty, case .add(let new) = change {
        let index = part == "-" ? elements.count : Int(part) ?? -1
        guard 0...elements.count ~= index else { return nil }
        elements.insert(new, at: index)
        return .array(elements)
      }
      guard let index = Int(part), elements.indices.contains(index) else { return nil }
      switch change {
      case _ where !rest.isEmpty:
        guard let new = applied(change, to: elements[index], at: rest) else { return nil }
        elements[index] = new
      case .replace(let new), .add(let new): elements[index] = new
      case .remove: elements.remove(at: index)
      }
      return .array(elements)
    default: return nil
    }
  }
}

extension JSONValue {
  fileprivate var isWithoutLists: Bool {
    switch self {
    case .array: false
    case .object(let members): members.values.allSatisfy(\.isWithoutLists)
    default: true
    }
  }
}
