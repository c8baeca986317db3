import Foundation

extension CELLibrary {
  /// `format`, which puts values in the places that a text leaves for them.
  static let stringFormat = CELLibrary(overloads: [
    .member("format", of: .string, .list(.dynamic), returns: .string) {
      text,
      arguments,
      evaluation throws(CELError) in
      guard case .string(let template) = text, case .list(let values) = arguments else {
        throw CELOverload.noOverload("format", [text, arguments])
      }
      var formatter = StringFormatter(template, values, evaluation)
      return .string(try formatter.formatted())
    }
  ])
}

/// Puts values in the places of a template, such as `%s` and `%.3f`.
private struct StringFormatter {
  private static let precisionLimit = 1000

  private let template: [UInt8]
  private let values: CELList
  private let evaluation: Evaluation
  private var position = 0
  private var nextValue = 0

  init(_ template: String, _ values: CELList, _ evaluation: Evaluation) {
    self.template = Array(template.utf8)
    self.values = values
    self.evaluation = evaluation
  }

  mutating func formatted() throws(CELError) -> String {
    try evaluation.charge(traversing: template.count)
    var result: [UInt8] = []
    while position < template.count {
      let byte = template[position]
      position += 1
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      if position < template.count, template[position] == UInt8(ascii: "%") {
        position += 1
        result.append(byte)
        continue
      }
      result += try clause().utf8
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func clause() throws(CELError) -> String {
    let precision = try precision()
    guard position < template.count else { throw invalid("the format ends within a clause") }
    let verb = template[position]
    position += 1
    guard Self.verbs.contains(verb) else {
      throw invalid("there is no clause \(CELValue.string("%" + String(Unicode.Scalar(verb))))")
    }
    guard nextValue < values.count else {
      throw invalid("there is no value \(nextValue) for the format")
    }
    let value = values[nextValue]
    nextValue += 1
    try evaluation.charge()
    switch verb {
    case UInt8(ascii: "s"): return try FormattedText.text(of: value, evaluation)
    case UInt8(ascii: "d"): return try decimal(value)
    case UInt8(ascii: "f"): return try fraction(value, verb: "f", precision)
    case UInt8(ascii: "e"): return try fraction(value, verb: "e", precision)
    case UInt8(ascii: "b"): return try binary(value)
    case UInt8(ascii: "o"): return try whole(value, radix: 8)
    default: return try hexadecimal(value, isLarge: verb == UInt8(ascii: "X"))
    }
  }

  private static let verbs = Set("sdfeboxX".utf8)

  private func invalid(_ message: String) -> CELError { CELError(.invalidArgument(message)) }

  private func wrongType(_ value: CELValue, _ verb: String) -> CELError {
    invalid("a \(value.typeName) cannot be formatted by %\(verb)")
  }

  private mutating func precision() throws(CELError) -> Int {
    guard position < template.count, template[position] == UInt8(ascii: ".") else { return 6 }
    position += 1
    var precision: Int?
    while position < template.count, template[position].isDigit {
      precision = min((precision ?? 0) * 10 + Int(template[position] - 48), 1_000_000)
      position += 1
    }
    guard let precision, precision <= Self.precisionLimit else {
      throw invalid("a precision goes up to \(Self.precisionLimit)")
    }
    return precision
  }

  private func decimal(_ value: CELValue) throws(CELError) -> String {
    switch value {
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number): number.plainText
    default: throw wrongType(value, "d")
    }
  }

  private func fraction(_ value: CELValue, verb: String, _ precision: Int) throws(CELError)
    -> String
  {
    let number: Double
    switch value {
    case .int(let whole): number = Double(whole)
    case .uint(let whole): number = Double(whole)
    case .double(let double): number = double
    default: throw wrongType(value, verb)
    }
    guard number.isFinite else { return number.plainText }
    try evaluation.charge(traversing: precision)
    return String(format: "%.\(precision)\(verb)", number)
  }

  private func whole(_ value: CELValue, radix: Int, isLarge: Bool = false) throws(CELError)
    -> String
  {
    switch value {
    case .int(let number): String(number, radix: radix, uppercase: isLarge)
    case .uint(let number): String(number, radix: radix, uppercase: isLarge)
    default: throw wrongType(value, radix == 8 ? "o" : radix == 2 ? "b" : "x")
    }
  }

  private func binary(_ value: CELValue) throws(CELError) -> String {
    if case .bool(let bool) = value { return bool ? "1" : "0" }
    return try whole(value, radix: 2)
  }

  private func hexadecimal(_ value: CELValue, isLarge: Bool) throws(CELError) -> String {
    switch value {
    case .string(let text): try digits(of: Array(text.utf8), isLarge: isLarge)
    case .bytes(let bytes): try digits(of: bytes, isLarge: isLarge)
    default: try whole(value, radix: 16, isLarge: isLarge)
    }
  }

  private func digits(of bytes: [UInt8], isLarge: Bool) throws(CELError) -> String {
    try evaluation.charge(traversing: bytes.count)
    let digits = Array((isLarge ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Values as `%s` has them.
private enum FormattedText {
  static func text(of value: CELValue, _ evaluation: Evaluation) throws(CELError) -> String {
    switch value {
    case .null: return "null"
    case .bool(let bool): return bool ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return number.plainText
    case .string(let text):
      try evaluation.charge(traversing: text.utf8.count)
      return text
    case .bytes(let bytes):
      try evaluation.charge(traversing: bytes.count)
      return self.text(of: bytes)
    case .duration(let duration): return duration.text
    case .timestamp(let timestamp): return timestamp.text
    case .type(let name): return name
    case .list(let list):
      var parts: [String] = []
      for element in list.elements {
        try evaluation.charge()
        parts.append(
          try evaluation.descending { () throws(CELError) in try text(of: element, evaluation) }
        )
      }
      return "[" + parts.joined(separator: ", ") + "]"
    case .map, .object:
      return try text(ofMap: value, evaluation)
    case .optional, .opaque:
      throw CELError(.invalidArgument("a \(value.typeName) cannot be formatted by %s"))
    }
  }

  private static func text(ofMap map: CELValue, _ evaluation: Evaluation) throws(CELError) -> String
  {
    var parts: [(key: String, value: String)] = []
    for key in map.mapKeys {
      try evaluation.charge()
      guard let value = map.mapValue(key) else { continue }
      let shown = try evaluation.descending { () throws(CELError) in
        try text(of: value, evaluation)
      }
      parts.append((try text(of: key, evaluation), shown))
    }
    parts.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return "{" + parts.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
  }

  /// Bytes as text; what is no UTF-8 in a row becomes one replacement character.
  private static func text(of bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var isAfterInvalid = false
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        result.append(scalar)
        isAfterInvalid = false
      case .error:
        if !isAfterInvalid { result.append("\u{FFFD}") }
        isAfterInvalid = true
      case .emptyInput:
        return String(result)
      }
    }
  }
}
