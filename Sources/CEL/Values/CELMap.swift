/// A map of an expression, which remembers the order in which it was written.
package struct CELMap: Sendable {
  package struct Entry: Sendable {
    package let key: CELValue
    package let value: CELValue

    package init(key: CELValue, value: CELValue) {
      self.key = key
      self.value = value
    }
  }

  /// Below so many entries, looking through them is quicker than hashing.
  private static let smallCount = 8

  package let entries: [Entry]
  private let positions: [CELMapKey: Int]?

  package static let empty = CELMap(distinct: [], positions: nil)

  private init(distinct entries: [Entry], positions: [CELMapKey: Int]?) {
    self.entries = entries
    self.positions = positions
  }

  /// Fails for a key that no map may have, or one that is there twice.
  package init(_ entries: [Entry]) throws(CELError) {
    var positions: [CELMapKey: Int] = [:]
    positions.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() {
      guard let key = CELMapKey(literal: entry.key) else {
        throw CELError(.unsupportedKey(entry.key.typeName))
      }
      guard positions.updateValue(position, forKey: key) == nil else {
        throw CELError(.repeatedKey(entry.key.description))
      }
    }
    self.init(distinct: entries, positions: entries.count > Self.smallCount ? positions : nil)
  }

  /// A map with strings as keys.
  package init(_ members: [String: CELValue]) {
    let entries = members.sorted { $0.key < $1.key }
      .map { Entry(key: .string($0.key), value: $0.value) }
    let positions = entries.enumerated().map { (CELMapKey.string(members: $1.key), $0) }
    self.init(
      distinct: entries,
      positions: entries.count > Self.smallCount
        ? Dictionary(positions, uniquingKeysWith: { $1 }) : nil
    )
  }

  /// The value of a key that equals `key`; numbers of different types may be equal.
  package subscript(_ key: CELValue) -> CELValue? {
    if case .string(let name) = key { return self[field: name] }
    guard let wanted = CELMapKey(key) else { return nil }
    if let positions {
      guard let position = positions[wanted] else { return nil }
      return entries[position].value
    }
    for entry in entries where CELMapKey(entry.key) == wanted { return entry.value }
    return nil
  }

  /// The value of a key that is a string.
  package subscript(field name: String) -> CELValue? {
    if let positions {
      guard let position = positions[.string(name)] else { return nil }
      return entries[position].value
    }
    for entry in entries {
      if case .string(let key) = entry.key, key.isSameText(as: name) { return entry.value }
    }
    return nil
  }
}

/// A key as maps compare them: numbers by their value, strings by their code points.
enum CELMapKey: Hashable, Sendable {
  case bool(Bool)
  case int(Int64)
  /// A number beyond those of ``int(_:)``.
  case uint(UInt64)
  case string(String)

  /// Fails for what no key equals.
  init?(_ value: CELValue) {
    switch value {
    case .double(let number):
      if let exact = Int64(exactly: number) {
        self = .int(exact)
      } else if let exact = UInt64(exactly: number) {
        self = .uint(exact)
      } else {
        return nil
      }
    default:
      self.init(literal: value)
    }
  }

  /// Fails for what cannot be a key.
  init?(literal value: CELValue) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = Int64(exactly: value).map(Self.int) ?? .uint(value)
    case .string(let value): self = .string(value)
    default: return nil
    }
  }

  static func string(members key: CELValue) -> CELMapKey {
    CELMapKey(literal: key) ?? .bool(false)
  }

  static func == (left: CELMapKey, right: CELMapKey) -> Bool {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.string(let left), .string(let right)): left.isSameText(as: right)
    default: false
    }
  }

  // Strings that Unicode takes for equal hash alike, so those with equal code points do.
  func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .uint(let value): hasher.combine(value)
    case .string(let value): hasher.combine(value)
    }
  }
}

extension String {
  /// Whether the code points are the same; Swift's own comparison also takes composed and decomposed
  /// characters for equal.
  package func isSameText(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
