/// A type as the check before evaluation knows it.
package indirect enum CELType: Hashable, Sendable {
  /// Known only when it is evaluated.
  case dynamic
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case duration
  case timestamp
  /// The type of types.
  case type
  case list(CELType)
  case map(CELType, CELType)
  case optional(CELType)
  /// A type with declared fields, by its name.
  case object(String)
  /// A type that a library brings, by its name.
  case opaque(String)
  /// What stands for any type in an overload, the same one wherever it stands.
  case parameter(String)
  /// Of something that was reported, so that nothing more is said of it.
  case failed
}

extension CELType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .dynamic, .failed: "dyn"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .duration: "google.protobuf.Duration"
    case .timestamp: "google.protobuf.Timestamp"
    case .type: "type"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let value): "optional_type(\(value))"
    case .object(let name), .opaque(let name), .parameter(let name): name
    }
  }
}

extension CELType {
  /// Whether nothing is known of it before evaluation.
  var isDynamic: Bool { self == .dynamic || self == .failed }

  /// Whether a value is of this type, as overloads are told apart: what containers hold is not looked at.
  func accepts(_ value: CELValue) -> Bool {
    switch (self, value) {
    case (.dynamic, _), (.failed, _), (.parameter, _): true
    case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double): true
    case (.string, .string), (.bytes, .bytes), (.duration, .duration), (.timestamp, .timestamp):
      true
    case (.type, .type), (.list, .list), (.map, .map), (.map, .object), (.optional, .optional):
      true
    case (.object(let name), .object(let object)): name == object.typeName
    case (.opaque(let name), .opaque(let value)): name == value.typeName
    default: false
    }
  }

  /// The same, with each parameter as `replacement` has it.
  func replacing(_ replacement: (String) -> CELType) -> CELType {
    switch self {
    case .parameter(let name): replacement(name)
    case .list(let element): .list(element.replacing(replacement))
    case .map(let key, let value): .map(key.replacing(replacement), value.replacing(replacement))
    case .optional(let value): .optional(value.replacing(replacement))
    default: self
    }
  }

  /// Whether a parameter is in it.
  func contains(parameter: String) -> Bool {
    switch self {
    case .parameter(let name): name == parameter
    case .list(let element): element.contains(parameter: parameter)
    case .map(let key, let value):
      key.contains(parameter: parameter) || value.contains(parameter: parameter)
    case .optional(let value): value.contains(parameter: parameter)
    default: false
    }
  }
}
