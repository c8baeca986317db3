import WireFormats

/// RFC 6902: a list of operations that are all carried out or none.
enum JSONPatch {
  static func apply(_ patch: JSONValue, to value: JSONValue) throws(APIFailure) -> JSONValue {
    guard let operations = patch.arrayValue else {
      throw .badRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch")
    }
    var result = value
    for operation in operations {
      try apply(operation: operation, to: &result)
    }
    return result
  }

  private static func apply(
    operation: JSONValue,
    to value: inout JSONValue
  ) throws(APIFailure) {
    let path = try tokens(operation["path"])
    switch operation["op"]?.stringValue {
    case "test":
      guard read(value, path) ?? .null == operation["value"] ?? .null else {
        throw .patchRejected
      }
    case "add":
      try edit(&value, path) { .add($0, operation["value"] ?? .null) }
    case "replace":
      guard read(value, path) != nil else { throw .patchRejected }
      try edit(&value, path) { .replace($0, operation["value"] ?? .null) }
    case "remove":
      guard read(value, path) != nil else { throw .patchRejected }
      try edit(&value, path) { .remove($0) }
    case "copy", "move":
      let source = try tokens(operation["from"])
      guard let moved = read(value, source) else { throw .patchRejected }
      if operation["op"]?.stringValue == "move" { try edit(&value, source) { .remove($0) } }
      try edit(&value, path) { .add($0, moved) }
    default:
      throw .patchRejected
    }
  }

  private enum Edit {
    case add(String, JSONValue)
    case replace(String, JSONValue)
    case remove(String)
  }

  private static func tokens(_ pointer: JSONValue?) throws(APIFailure) -> [String] {
    guard let text = pointer?.stringValue, text.isEmpty || text.hasPrefix("/") else {
      throw .patchRejected
    }
    return text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  private static func read(_ value: JSONValue, _ path: [String]) -> JSONValue? {
    var value = value
    for token in path {
      let next: JSONValue?
      if let elements = value.arrayValue {
        next = Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      } else {
        next = value[token]
      }
      guard let next else { return nil }
      value = next
    }
    return value
  }

  /// Walks to the container of the last token and edits there.
  private static func edit(
    _ value: inout JSONValue,
    _ path: [String],
    _ make: (String) -> Edit
  ) throws(APIFailure) {
    guard let token = path.first else {
      guard case .add(_, let whole) = make("") else { throw .patchRejected }
      value = whole
      return
    }
    if path.count == 1 {
      try edit(&value, make(token))
      return
    }
    let rest = Array(path.dropFirst())
    if var elements = value.arrayValue {
      guard let index = Int(token), elements.indices.contains(index) else { throw .patchRejected }
      try edit(&elements[index], rest, make)
      value = .array(elements)
    } else {
      guard var member = value[token] else { throw .patchRejected }
      try edit(&member, rest, make)
      value[token] = member
    }
  }

  private static func edit(_ container: inout JSONValue, _ edit: Edit) throws(APIFailure) {
    guard var elements = container.arrayValue else {
      guard container.objectValue != nil else { throw .patchRejected }
      switch edit {
      case .add(let key, let value), .replace(let key, let value): container[key] = value
      case .remove(let key): container[key] = nil
      }
      return
    }
    switch edit {
    case .add("-", let value):
      elements.append(value)
    case .add(let token, let value):
      guard let index = Int(token), (0...elements.count).contains(index) else {
        throw .patchRejected
      }
      elements.insert(value, at: index)
    case .replace(let token, let value):
      guard let index = Int(token), elements.indices.contains(index) else { throw .patchRejected }
      elements[index] = value
    case .remove(let token):
      guard let index = Int(token), elements.indices.contains(index) else { throw .patchRejected }
      elements.remove(at: index)
    }
    container = .array(elements)
  }
}
