import WireFormats

/// A number, or a name or a percentage in its place (`intstr.IntOrString`).
package enum IntegerOrString: Hashable, Sendable {
  case integer(Int)
  case string(String)
}

/// Message `intstr.IntOrString`, which JSON writes as a number or a string.
private enum IntegerOrStringField: Int, WireField {
  case type = 1, intVal, strVal
  static let fieldNames = FieldNames<Self>()
}

extension FieldReader {
  mutating func integerOrString() throws(WireError) -> IntegerOrString {
    switch encoding {
    case .json:
      return nextIsString()
        ? .string(try string()) : .integer(Int(truncatingIfNeeded: try integer()))
    case .protobuf:
      var isString = false
      var number: Int64 = 0
      var text = ""
      try beginObject()
      while let field = try nextField(IntegerOrStringField.self) {
        switch field {
        case .type: isString = try integer() == 1
        case .intVal: number = try integer()
        case .strVal: text = try string()
        }
      }
      return isString ? .string(text) : .integer(Int(truncatingIfNeeded: number))
    }
  }
}
