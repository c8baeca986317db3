extension JSONValue {
  /// Returns compact JSON text with sorted keys.
  ///
  /// Infinity and NaN, which no parsed value holds, become null for want of a notation.
  package func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    encode(into: &bytes)
    return bytes
  }

  /// Appends the same to `bytes`.
  package func encode(into bytes: inout [UInt8]) {
    switch self {
    case .null:
      bytes += "null".utf8
    case .boolean(let value):
      bytes += (value ? "true" : "false").utf8
    case .integer(let value):
      bytes += String(value).utf8
    case .number(let value):
      // Swift prints the shortest digits that read back as the same number, in JSON's notation.
      bytes += (value.isFinite ? String(value) : "null").utf8
    case .string(let value):
      Self.encode(value, into: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.encode(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.encode(member.key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.encode(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func encode(_ string: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
      case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
      case 0..<0x10: bytes += #"\u000\#(String(byte, radix: 16))"#.utf8
      case 0x10..<0x20: bytes += #"\u00\#(String(byte, radix: 16))"#.utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
