extension CELValue: CustomStringConvertible {
  /// The value as an expression would write it, cut where it is long.
  package var description: String {
    var writer = ValueWriter()
    writer.write(self)
    return writer.text
  }
}

/// Writes values up to some length: lists may hold the same list many times over.
private struct ValueWriter {
  private static let lengthLimit = 100_000
  private static let depthLimit = 100

  private(set) var text = ""
  private var depth = 0
  private var isFull: Bool { text.utf8.count > Self.lengthLimit || depth > Self.depthLimit }

  mutating func write(_ value: CELValue) {
    guard !isFull else {
      text += "…"
      return
    }
    depth += 1
    defer { depth -= 1 }
    switch value {
    case .null, .bool, .int, .uint, .double, .string, .bytes:
      text += value.literalText
    case .duration(let value): text += "duration(\"\(value.text)\")"
    case .timestamp(let value): text += "timestamp(\"\(value.text)\")"
    case .list(let list):
      write("[", "]", list.count) { writer, index in writer.write(list[index]) }
    case .map, .object:
      let keys = value.mapKeys
      write("{", "}", keys.count) { writer, index in
        writer.write(keys[index])
        writer.text += ": "
        writer.write(value.mapValue(keys[index]) ?? .null)
      }
    case .type(let name): text += name
    case .optional(nil): text += "optional.none()"
    case .optional(let value?):
      text += "optional.of("
      write(value)
      text += ")"
    case .opaque(let value):
      text += "\(value.typeName)(\(CELValue.string(value.text).literalText))"
    }
  }

  private mutating func write(
    _ start: String,
    _ end: String,
    _ count: Int,
    _ writeElement: (inout ValueWriter, Int) -> Void
  ) {
    text += start
    for index in 0..<count {
      if index > 0 { text += ", " }
      guard !isFull else {
        text += "…"
        break
      }
      writeElement(&self, index)
    }
    text += end
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
