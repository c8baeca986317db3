extension CELLibrary {
  /// Functions that make a value of another type.
  static let conversions = CELLibrary(
    overloads: same + numbers + texts + moments
  )

  /// To their own type, values are converted as they are.
  private static let same: [CELOverload] = [
    ("bool", .bool), ("int", .int), ("uint", .uint), ("double", .double), ("string", .string),
    ("bytes", .bytes), ("duration", .duration), ("timestamp", .timestamp),
  ].map { (name: String, type: CELType) in
    CELOverload.function(name, type, returns: type) { value, _ in value }
  }

  private static func outOfRange(_ what: String) -> CELError { CELError(.outOfRange(what)) }

  private static let numbers: [CELOverload] = [
    .function("int") { (value: UInt64, _) throws(CELError) -> Int64 in
      guard let number = Int64(exactly: value) else { throw outOfRange("the integer") }
      return number
    },
    .function("int") { (value: Double, _) throws(CELError) -> Int64 in
      // As CEL in Go has it, the least integer is out of range, too.
      guard value > -0x1p63, value < 0x1p63 else { throw outOfRange("the integer") }
      return Int64(value)
    },
    .function("uint") { (value: Int64, _) throws(CELError) -> UInt64 in
      guard let number = UInt64(exactly: value) else { throw outOfRange("the unsigned integer") }
      return number
    },
    .function("uint") { (value: Double, _) throws(CELError) -> UInt64 in
      guard value >= 0, value < 0x1p64 else { throw outOfRange("the unsigned integer") }
      return UInt64(value)
    },
    .function("double") { (value: Int64, _) throws(CELError) -> Double in Double(value) },
    .function("double") { (value: UInt64, _) throws(CELError) -> Double in Double(value) },
  ]

  private static let texts: [CELOverload] = [
    .function("bool") { (text: String, _) throws(CELError) -> Bool in
      switch text {
      case "1", "t", "T", "true", "TRUE", "True": return true
      case "0", "f", "F", "false", "FALSE", "False": return false
      default: throw CELError(.conversion(from: "string", to: "bool"))
      }
    },
    .function("int") { (text: String, _) throws(CELError) -> Int64 in
      guard let number = Int64(text) else {
        throw CELError(.conversion(from: "string", to: "int"))
      }
      return number
    },
    .function("uint") { (text: String, _) throws(CELError) -> UInt64 in
      guard text.utf8.first?.isDigit == true, let number = UInt64(text) else {
        throw CELError(.conversion(from: "string", to: "uint"))
      }
      return number
    },
    .function("double") { (text: String, _) throws(CELError) -> Double in
      guard let number = Double(text), number.isFinite || text.isNamedNumber else {
        throw CELError(.conversion(from: "string", to: "double"))
      }
      return number
    },
    .function("bytes") { (text: String, evaluation) throws(CELError) -> [UInt8] in
      try evaluation.charge(traversing: text.utf8.count)
      return Array(text.utf8)
    },
    .function("string") { (bytes: [UInt8], evaluation) throws(CELError) -> String in
      try evaluation.charge(traversing: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw CELError(.invalidArgument("the bytes are no valid UTF-8"))
      }
      return text
    },
    .function("string") { (value: Bool, _) throws(CELError) -> String in value ? "true" : "false" },
    .function("string") { (value: Int64, _) throws(CELError) -> String in String(value) },
    .function("string") { (value: UInt64, _) throws(CELError) -> String in String(value) },
    .function("string") { (value: Double, _) throws(CELError) -> String in value.shortText },
    .function("string") { (value: CELDuration, _) throws(CELError) -> String in value.text },
    .function("string") { (value: CELTimestamp, _) throws(CELError) -> String in value.text },
  ]

  private static let moments: [CELOverload] = [
    .function("duration") { (text: String, _) throws(CELError) -> CELDuration in
      guard let duration = CELDuration(text) else {
        throw CELError(.conversion(from: "string", to: "google.protobuf.Duration"))
      }
      return duration
    },
    .function("timestamp") { (text: String, _) throws(CELError) -> CELTimestamp in
      guard let timestamp = CELTimestamp(text) else {
        throw CELError(.conversion(from: "string", to: "google.protobuf.Timestamp"))
      }
      return timestamp
    },
    .function("timestamp") { (seconds: Int64, _) throws(CELError) -> CELTimestamp in
      guard let timestamp = CELTimestamp(exactly: seconds) else {
        throw outOfRange("the timestamp")
      }
      return timestamp
    },
    .function("int") { (value: CELTimestamp, _) throws(CELError) -> Int64 in value.seconds },
    .function("int") { (value: CELDuration, _) throws(CELError) -> Int64 in value.nanoseconds },
  ]
}

extension String {
  /// Whether it is the name of a number that is not finite, and no number that is too large.
  fileprivate var isNamedNumber: Bool {
    utf8.contains { $0 | 0x20 == UInt8(ascii: "n") }
  }
}
