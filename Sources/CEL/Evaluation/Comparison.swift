/// Equality and order of values, counted as they go through them.
package enum Comparison {
  /// Whether two values are equal; numbers of different types may be, other values may not.
  package static func areEqual(_ left: CELValue, _ right: CELValue, _ evaluation: Evaluation)
    throws(CELError) -> Bool
  {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try evaluation.charge(traversing: min(left.utf8.count, right.utf8.count))
      return left.isSameText(as: right)
    case (.bytes(let left), .bytes(let right)):
      try evaluation.charge(traversing: min(left.count, right.count))
      return left == right
    case (.list(let left), .list(let right)):
      try evaluation.charge()
      return try evaluation.descending { () throws(CELError) in
        try areEqual(left, right, evaluation)
      }
    case (.map, .map), (.map, .object), (.object, .map), (.object, .object):
      try evaluation.charge()
      return try evaluation.descending { () throws(CELError) in
        try areEqualMaps(left, right, evaluation)
      }
    case (.optional(let left), .optional(let right)):
      guard let left, let right else { return left == nil && right == nil }
      return try evaluation.descending { () throws(CELError) in
        try areEqual(left, right, evaluation)
      }
    default:
      try evaluation.charge()
      return areEqualScalars(left, right)
    }
  }

  private static func areEqualScalars(_ left: CELValue, _ right: CELValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.type(let left), .type(let right)): left == right
    case (.opaque(let left), .opaque(let right)): left.isEqual(to: right)
    default: order(ofNumbers: left, right) == .same
    }
  }

  private static func areEqual(_ left: CELList, _ right: CELList, _ evaluation: Evaluation)
    throws(CELError) -> Bool
  {
    guard left.count == right.count else { return false }
    for index in 0..<left.count {
      guard try areEqual(left[index], right[index], evaluation) else { return false }
    }
    return true
  }

  private static func areEqualMaps(_ left: CELValue, _ right: CELValue, _ evaluation: Evaluation)
    throws(CELError) -> Bool
  {
    let keys = left.mapKeys
    guard keys.count == right.mapKeys.count else { return false }
    for key in keys {
      guard let value = left.mapValue(key), let other = right.mapValue(key),
        try areEqual(value, other, evaluation)
      else { return false }
    }
    return true
  }

  /// How two values stand to each other.
  package enum Order: Sendable {
    case before, same, after
    /// A number that is none was compared.
    case none

    init<Value: Comparable>(_ left: Value, _ right: Value) {
      self = left < right ? .before : left == right ? .same : left > right ? .after : .none
    }
  }

  /// The order of two values; nil if they have none.
  package static func order(_ left: CELValue, _ right: CELValue, _ evaluation: Evaluation)
    throws(CELError) -> Order?
  {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try evaluation.charge(traversing: min(left.utf8.count, right.utf8.count))
      if left.utf8.elementsEqual(right.utf8) { return .same }
      // The order of UTF-8 is that of code points.
      return left.utf8.lexicographicallyPrecedes(right.utf8) ? .before : .after
    case (.bytes(let left), .bytes(let right)):
      try evaluation.charge(traversing: min(left.count, right.count))
      if left == right { return .same }
      return left.lexicographicallyPrecedes(right) ? .before : .after
    default:
      try evaluation.charge()
    }
    switch (left, right) {
    case (.bool(let left), .bool(let right)): return Order(left ? 1 : 0, right ? 1 : 0)
    case (.duration(let left), .duration(let right)): return Order(left, right)
    case (.timestamp(let left), .timestamp(let right)): return Order(left, right)
    default: return order(ofNumbers: left, right)
    }
  }

  /// The order of two numbers, whatever their types; nil if one is something else.
  package static func order(ofNumbers left: CELValue, _ right: CELValue) -> Order? {
    switch (left, right) {
    case (.int(let left), .int(let right)): Order(left, right)
    case (.uint(let left), .uint(let right)): Order(left, right)
    case (.double(let left), .double(let right)): Order(left, right)
    // Swift compares integers of different types by their values.
    case (.int(let left), .uint(let right)): left < right ? .before : left == right ? .same : .after
    case (.uint(let left), .int(let right)): left < right ? .before : left == right ? .same : .after
    case (.double(let left), .int(let right)): Order(left, Double(right))
    case (.int(let left), .double(let right)): Order(Double(left), right)
    case (.double(let left), .uint(let right)): Order(left, Double(right))
    case (.uint(let left), .double(let right)): Order(Double(left), right)
    default: nil
    }
  }
}

extension CELValue {
  /// The keys of a map, or the names of an object's fields.
  package var mapKeys: [CELValue] {
    switch self {
    case .map(let map): map.entries.map(\.key)
    case .object(let object): object.fieldNames.map(CELValue.string)
    default: []
    }
  }

  /// The value of a map's key, or of an object's field.
  package func mapValue(_ key: CELValue) -> CELValue? {
    switch self {
    case .map(let map): map[key]
    case .object(let object):
      if case .string(let name) = key { object.field(named: name) } else { nil }
    default: nil
    }
  }

  /// The number of elements or entries; nil if it is no container.
  var containerCount: Int? {
    switch self {
    case .list(let list): list.count
    case .map(let map): map.entries.count
    case .object(let object): object.fieldNames.count
    default: nil
    }
  }
}
