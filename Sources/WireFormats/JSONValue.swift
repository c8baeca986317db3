/// Any JSON value as a tree, for objects without a record of their own and for what we send.
package enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// A number with a fraction or an exponent, or beyond 64 bits.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue {
  package var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var integerValue: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  package var booleanValue: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// Any number, integers included.
  package var numberValue: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  package var arrayValue: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  package var objectValue: [String: JSONValue]? {
    if case .object(let value) = self { value } else { nil }
  }
}
