/// A value of the Common Expression Language.
package enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case duration(CELDuration)
  case timestamp(CELTimestamp)
  case list(CELList)
  case map(CELMap)
  /// Something with fields that are asked for one by one; to expressions, a map with strings as keys.
  case object(any CELObject)
  /// A type, by its name.
  case type(String)
  indirect case optional(CELValue?)
  /// A value of a type that a library brings.
  case opaque(any CELOpaqueValue)
}

/// Something with named fields that are made when they are read, such as a record or a parsed document.
package protocol CELObject: AnyObject, Sendable {
  /// What `type()` says of it.
  var typeName: String { get }
  /// The names of the fields that are there, in a stable order.
  var fieldNames: [String] { get }
  /// The field's value; nil if it is not there.
  func field(named name: String) -> CELValue?
  /// Whether the field is there.
  func hasField(named name: String) -> Bool
}

extension CELObject {
  package var typeName: String { "map" }

  package func hasField(named name: String) -> Bool { field(named: name) != nil }
}

/// A value of a type that a library brings, such as an address or a quantity.
package protocol CELOpaqueValue: AnyObject, Sendable {
  var typeName: String { get }
  /// The value as text, in the notation from which it is made.
  var text: String { get }
  func isEqual(to other: any CELOpaqueValue) -> Bool
}

extension CELValue {
  /// The name of the value's type, as `type()` gives it.
  package var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .duration: "google.protobuf.Duration"
    case .timestamp: "google.protobuf.Timestamp"
    case .list: "list"
    case .map: "map"
    case .object(let object): object.typeName
    case .type: "type"
    case .optional: "optional_type"
    case .opaque(let value): value.typeName
    }
  }

  /// Whether it is what its type begins with: zero, empty, false, null.
  var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    case .duration(let value): value.nanoseconds == 0
    case .timestamp(let value): value == CELTimestamp(seconds: 0, nanoseconds: 0)
    case .list(let list): list.count == 0
    case .map(let map): map.entries.isEmpty
    case .object(let object): object.fieldNames.isEmpty
    case .optional(let value): value == nil
    case .type, .opaque: false
    }
  }

  package static func list(_ elements: [CELValue]) -> CELValue { .list(CELList(elements)) }
}
