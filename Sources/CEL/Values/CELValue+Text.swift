extension CELValue: CustomStringConvertible {
  /// The value as an expression would write it, for messages.
  package var description: String {
    switch self {
    case .null, .bool, .int, .uint, .double, .string, .bytes:
      literalText
    case .duration(let value):
      "duration(\"\(value.text)\")"
    case .timestamp(let value):
      "timestamp(\"\(value.text)\")"
    case .list(let list):
      "[\(list.elements.map(\.description).joined(separator: ", "))]"
    case .map(let map):
      "{\(map.entries.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    case .object(let object):
      object.typeName
    case .type(let name):
      name
    case .optional(let value):
      value.map { "optional.of(\($0))" } ?? "optional.none()"
    case .opaque(let value):
      "\(value.typeName)(\(CELValue.string(value.text)))"
    }
  }
}

extension Double {
  /// The number as `string()` has it: the shortest digits that mean it, with an exponent from 1e6 or below 1e-4.
  var shortText: String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-Inf" : "+Inf" }
    let (digits, exponent) = decimalDigits
    let sign = self.sign == .minus ? "-" : ""
    guard (-4..<6).contains(exponent) else {
      let tail = digits.dropFirst()
      let magnitude = String(abs(exponent))
      return sign + String(digits.prefix(1)) + (tail.isEmpty ? "" : "." + tail) + "e"
        + (exponent < 0 ? "-" : "+") + (magnitude.count < 2 ? "0" : "") + magnitude
    }
    return sign + Self.plain(digits, exponent: exponent)
  }

  /// The number without an exponent, with the shortest digits that mean it.
  var plainText: String {
    guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-Infinity" : "Infinity" }
    let (digits, exponent) = decimalDigits
    return (sign == .minus ? "-" : "") + Self.plain(digits, exponent: exponent)
  }

  private static func plain(_ digits: String, exponent: Int) -> String {
    guard exponent >= 0 else {
      return "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
    guard digits.count > exponent + 1 else {
      return digits + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  /// The shortest digits that mean the number, and the power of ten of the first.
  private var decimalDigits: (digits: String, exponent: Int) {
    guard magnitude > 0 else { return ("0", 0) }
    let text = String(magnitude)
    let parts = text.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let number = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = number[0]
    let fraction = number.count > 1 ? number[1] : ""
    var digits = whole + fraction
    exponent += whole.count - 1
    while digits.first == "0", digits.count > 1 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == "0", digits.count > 1 { digits.removeLast() }
    return (String(digits), exponent)
  }
}
