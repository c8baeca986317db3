/// A field of a map or an object.
final class SelectNode: Node {
  let operand: any Node
  let field: String
  let isOptional: Bool
  let offset: Int

  init(_ operand: any Node, field: String, isOptional: Bool, offset: Int) {
    self.operand = operand
    self.field = field
    self.isOptional = isOptional
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let value = try operand.evaluate(evaluation)
    try evaluation.charge()
    if case .optional(let inner) = value {
      guard let inner else { return .optional(nil) }
      return .optional(try self.value(in: inner))
    }
    if isOptional { return .optional(try self.value(in: value)) }
    guard let found = try self.value(in: value) else {
      throw CELError(.noSuchKey(field), offset: offset)
    }
    return found
  }

  private func value(in container: CELValue) throws(CELError) -> CELValue? {
    switch container {
    case .object(let object): return object.field(named: field)
    case .map(let map): return map[field: field]
    default: throw CELError(.noFields(container.typeName), offset: offset)
    }
  }
}

/// Whether a field is there.
final class PresenceNode: Node {
  let operand: any Node
  let field: String
  let offset: Int

  init(_ operand: any Node, field: String, offset: Int) {
    self.operand = operand
    self.field = field
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    var value = try operand.evaluate(evaluation)
    try evaluation.charge()
    if case .optional(let inner) = value {
      guard let inner else { return .bool(false) }
      value = inner
    }
    switch value {
    case .object(let object): return .bool(object.hasField(named: field))
    case .map(let map): return .bool(map[field: field] != nil)
    default: throw CELError(.noFields(value.typeName), offset: offset)
    }
  }
}

/// An element of a list, or the value of a key.
final class IndexNode: Node {
  let operand: any Node
  let index: any Node
  let isOptional: Bool
  let offset: Int

  init(_ operand: any Node, _ index: any Node, isOptional: Bool, offset: Int) {
    self.operand = operand
    self.index = index
    self.isOptional = isOptional
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let container = try operand.evaluate(evaluation)
    let key = try index.evaluate(evaluation)
    try evaluation.charge()
    if case .optional(let inner) = container {
      guard let inner else { return .optional(nil) }
      return .optional(try value(of: key, in: inner))
    }
    let found = try value(of: key, in: container)
    if isOptional { return .optional(found) }
    if let found { return found }
    if case .list = container, case .int(let position)? = Self.position(key) {
      throw CELError(.indexOutOfRange(position), offset: offset)
    }
    throw CELError(.noSuchKey(key.shortDescription), offset: offset)
  }

  private func value(of key: CELValue, in container: CELValue) throws(CELError) -> CELValue? {
    switch container {
    case .list(let list):
      guard case .int(let position)? = Self.position(key) else {
        throw noOverload(container, key)
      }
      guard position >= 0, position < list.count else { return nil }
      return list[Int(position)]
    case .map(let map):
      return map[key]
    case .object(let object):
      guard case .string(let name) = key else { return nil }
      return object.field(named: name)
    default:
      throw noOverload(container, key)
    }
  }

  /// A key as a position in a list: a whole number of any type.
  private static func position(_ key: CELValue) -> CELValue? {
    switch CELMapKey(key) {
    case .int(let position): .int(position)
    case .uint: .int(.max)
    default: nil
    }
  }

  private func noOverload(_ container: CELValue, _ key: CELValue) -> CELError {
    let types = [container.typeName, key.typeName]
    return CELError(.noSuchOverload(function: "_[_]", arguments: types), offset: offset)
  }
}

/// A list that is written element by element.
final class ListNode: Node {
  let elements: [(value: any Node, isOptional: Bool)]
  let offset: Int

  init(_ elements: [(value: any Node, isOptional: Bool)], offset: Int) {
    self.elements = elements
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    try evaluation.charge(10 + UInt64(elements.count))
    var values: [CELValue] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      let value = try element.value.evaluate(evaluation)
      if element.isOptional {
        if let inner = try value.unwrapped(at: offset) { values.append(inner) }
      } else {
        values.append(value)
      }
    }
    return .list(values)
  }
}

/// A map that is written entry by entry.
final class MapNode: Node {
  struct Entry: Sendable {
    let key: any Node
    let value: any Node
    let isOptional: Bool
  }

  let entries: [Entry]
  let offset: Int

  init(_ entries: [Entry], offset: Int) {
    self.entries = entries
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    try evaluation.charge(30 + UInt64(entries.count))
    var values: [CELMap.Entry] = []
    values.reserveCapacity(entries.count)
    for entry in entries {
      let key = try entry.key.evaluate(evaluation)
      let value = try entry.value.evaluate(evaluation)
      if entry.isOptional {
        if let inner = try value.unwrapped(at: offset) {
          values.append(.init(key: key, value: inner))
        }
      } else {
        values.append(.init(key: key, value: value))
      }
    }
    do throws(CELError) {
      return .map(try CELMap(values))
    } catch { throw error.at(offset) }
  }
}

extension CELValue {
  /// The value of an optional, as optional elements and entries are given.
  fileprivate func unwrapped(at offset: Int) throws(CELError) -> CELValue? {
    guard case .optional(let inner) = self else {
      throw CELError(
        .noSuchOverload(function: "?_", arguments: [typeName]),
        offset: offset
      )
    }
    return inner
  }

  /// The value for messages, cut where it is long.
  var shortDescription: String {
    switch self {
    case .list, .map, .object, .optional: typeName
    case .string(let text) where text.utf8.count > 100:
      CELValue.string(String(text.prefix(100))).description
    case .bytes(let bytes) where bytes.count > 100:
      CELValue.bytes(Array(bytes.prefix(100))).description
    default: description
    }
  }
}
