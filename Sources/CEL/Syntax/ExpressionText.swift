extension Expression: CustomStringConvertible {
  /// The expression as text, from which parsing makes the same one.
  package var description: String {
    var text = ""
    write(into: &text)
    return text
  }

  /// How closely it binds; what stands where something closer is needed gets parentheses.
  private var precedence: Int {
    switch kind {
    case .conditional: 0
    case .logical(.or, _): 1
    case .logical(.and, _): 2
    case .binary(let symbol, _, _): symbol.precedence
    case .unary: 6
    default: 7
    }
  }

  private func write(into text: inout String, above precedence: Int) {
    guard self.precedence <= precedence else { return write(into: &text) }
    text += "("
    write(into: &text)
    text += ")"
  }

  private func write(into text: inout String) {
    switch kind {
    case .literal(let value):
      text += value.literalText
    case .identifier(let name):
      text += name
    case .select(let operand, let field, let isOptional):
      operand.writeOperand(into: &text)
      text += isOptional ? ".?" : "."
      text += field.isPlainName ? field : "`\(field)`"
    case .index(let operand, let index, let isOptional):
      operand.writeOperand(into: &text)
      text += isOptional ? "[?" : "["
      index.write(into: &text)
      text += "]"
    case .call(let name, let target, let arguments):
      if let target {
        target.writeOperand(into: &text)
        text += "."
      }
      text += name
      text += "("
      arguments.write(into: &text) { $0.write(into: &$1) }
      text += ")"
    case .list(let elements):
      text += "["
      elements.write(into: &text) { element, text in
        if element.isOptional { text += "?" }
        element.value.write(into: &text)
      }
      text += "]"
    case .map(let entries):
      text += "{"
      entries.write(into: &text) { entry, text in
        if entry.isOptional { text += "?" }
        entry.key.write(into: &text)
        text += ": "
        entry.value.write(into: &text)
      }
      text += "}"
    case .message(let name, let fields):
      text += name
      text += "{"
      fields.write(into: &text) { field, text in
        if field.isOptional { text += "?" }
        text += field.name.isPlainName ? field.name : "`\(field.name)`"
        text += ": "
        field.value.write(into: &text)
      }
      text += "}"
    case .unary, .binary, .logical, .conditional:
      writeOperator(into: &text)
    }
  }

  private func writeOperator(into text: inout String) {
    switch kind {
    case .unary(let symbol, let operand):
      text += symbol.rawValue
      // A minus before a number, or one sign before another, would be read as one with it.
      if operand.isNumber || operand.precedence < 7 {
        text += "("
        operand.write(into: &text)
        text += ")"
      } else {
        operand.write(into: &text)
      }
    case .binary(let symbol, let left, let right):
      left.write(into: &text, above: symbol.precedence - 1)
      text += " \(symbol.rawValue) "
      right.write(into: &text, above: symbol.precedence)
    case .logical(let symbol, let terms):
      for (index, term) in terms.enumerated() {
        if index > 0 { text += " \(symbol.rawValue) " }
        term.write(into: &text, above: symbol == .or ? 1 : 2)
      }
    case .conditional(let condition, let first, let second):
      condition.write(into: &text, above: 0)
      text += " ? "
      first.write(into: &text, above: 0)
      text += " : "
      second.write(into: &text)
    default:
      break
    }
  }

  /// Writes what stands before a dot or a bracket.
  private func writeOperand(into text: inout String) {
    // Digits before a dot might be read as one number with it.
    guard isNumber else { return write(into: &text, above: 6) }
    text += "("
    write(into: &text)
    text += ")"
  }

  private var isNumber: Bool {
    switch kind {
    case .literal(.int), .literal(.uint), .literal(.double): true
    default: false
    }
  }
}

extension Array {
  /// Writes the elements with commas between them.
  fileprivate func write(into text: inout String, _ write: (Element, inout String) -> Void) {
    for (index, element) in enumerated() {
      if index > 0 { text += ", " }
      write(element, &text)
    }
  }
}

extension String {
  /// Whether it is a field's name that needs no backticks.
  fileprivate var isPlainName: Bool {
    guard let first = utf8.first, first.startsName, !Parser.keywords.contains(self) else {
      return false
    }
    return utf8.allSatisfy { $0.startsName || $0.isDigit }
  }
}

extension CELValue {
  /// A literal as it is written in an expression.
  var literalText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .uint(let value): "\(value)u"
    case .double(let value): Self.literalText(of: value)
    case .string(let value): Self.literalText(of: value)
    case .bytes(let value): Self.literalText(of: value)
    default: description
    }
  }

  private static func literalText(of value: Double) -> String {
    guard value.isFinite else {
      let name = value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
      return "double(\"\(name)\")"
    }
    return String(value)
  }

  private static func literalText(of value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.properties.generalCategory == .control:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func literalText(of value: [UInt8]) -> String {
    var text = "b\""
    for byte in value {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text += "\\\(Unicode.Scalar(byte))"
      case 0x20..<0x7F:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16)
        text += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      }
    }
    return text + "\""
  }
}
