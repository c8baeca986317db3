/// Turns the bytes between a JSON string's quotes into text.
enum StringDecoding {
  static func string(
    _ bytes: RawSpan,
    _ range: Range<Int>,
    _ hasEscape: Bool
  ) throws(WireError) -> String {
    let decoded: String? =
      if hasEscape {
        String(validating: try unescaped(bytes, range), as: UTF8.self)
      } else {
        bytes.extracting(range).withUnsafeBytes { String(validating: $0, as: UTF8.self) }
      }
    guard let decoded else { throw .invalidUTF8(offset: range.lowerBound) }
    return decoded
  }

  private static func unescaped(
    _ bytes: RawSpan,
    _ range: Range<Int>
  ) throws(WireError) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        position += 1
        continue
      }
      guard position + 1 < range.upperBound else { throw .invalidEscape(offset: position) }
      let kind = bytes.unsafeLoad(fromByteOffset: position + 1, as: UInt8.self)
      if kind == UInt8(ascii: "u") {
        let (scalar, length) = try unicodeEscape(bytes, position, range.upperBound)
        text.append(contentsOf: Array(String(scalar).utf8))
        position += length
      } else {
        guard let plain = simpleEscape(kind) else { throw .invalidEscape(offset: position) }
        text.append(plain)
        position += 2
      }
    }
    return text
  }

  private static func simpleEscape(_ kind: UInt8) -> UInt8? {
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): kind
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// Reads `\uXXXX`, or a surrogate pair of two of them.
  private static func unicodeEscape(
    _ bytes: RawSpan,
    _ position: Int,
    _ end: Int
  ) throws(WireError) -> (Unicode.Scalar, length: Int) {
    guard let high = codeUnit(bytes, position, end) else { throw .invalidEscape(offset: position) }
    if let scalar = Unicode.Scalar(high) { return (scalar, 6) }
    guard (0xd800..<0xdc00).contains(high), let low = codeUnit(bytes, position + 6, end),
      (0xdc00..<0xe000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
    else { throw .invalidEscape(offset: position) }
    return (scalar, 12)
  }

  private static func codeUnit(_ bytes: RawSpan, _ position: Int, _ end: Int) -> UInt32? {
    guard position + 6 <= end,
      bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self) == UInt8(ascii: "\\"),
      bytes.unsafeLoad(fromByteOffset: position + 1, as: UInt8.self) == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for index in position + 2..<position + 6 {
      let digit = Character(
        Unicode.Scalar(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      )
      guard digit.isASCII, let hex = digit.hexDigitValue else { return nil }
      value = value << 4 | UInt32(hex)
    }
    return value
  }
}
