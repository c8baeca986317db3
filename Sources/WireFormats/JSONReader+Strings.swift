extension JSONReader {
  /// Reads a string, decodes its escapes and checks its UTF-8; null is the empty string.
  package mutating func string() throws(WireError) -> String {
    if let (range, isKnownASCII) = plainString() {
      guard isKnownASCII else { return String(copying: try validText(in: range)) }
      let units = Span<UInt8>(_bytes: bytes.extracting(unchecked: range))
      return String(copying: UTF8Span(unchecked: units, isKnownASCII: true))
    }
    guard current == UInt8(ascii: "\"") else {
      _ = try readNull(insteadOf: "a string")
      return ""
    }
    return try stringWithEscapes(from: offset + 1)
  }

  /// Where the text stands of a string without escapes, which is consumed; reads nothing and returns
  /// `nil` where something else is next.
  @inline(__always)
  mutating func plainString() -> (range: Range<Int>, isKnownASCII: Bool)? {
    skipWhiteSpace()
    guard current == UInt8(ascii: "\"") else { return nil }
    let scan = StringScan(bytes, from: offset + 1)
    guard scan.end < bytes.byteCount, bytes.byte(at: scan.end) == UInt8(ascii: "\"") else {
      return nil
    }
    let range = offset + 1..<scan.end
    offset = scan.end + 1
    return (range, scan.isKnownASCII)
  }

  /// Reads a string that has `count` bytes of ASCII and no escapes; reads nothing and returns `nil`
  /// where something else is next.
  package mutating func plainText<let count: Int>() -> InlineArray<count, UInt8>? {
    skipWhiteSpace()
    let end = offset + 1 + count
    guard end < bytes.byteCount, current == UInt8(ascii: "\""),
      bytes.byte(at: end) == UInt8(ascii: "\"")
    else { return nil }
    var text = InlineArray<count, UInt8>(repeating: 0)
    for index in 0..<count {
      let byte = bytes.byte(at: offset + 1 + index)
      guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
        return nil
      }
      text[index] = byte
    }
    offset = end + 1
    return text
  }

  /// Skips a string, and says how many bytes of UTF-8 it has; null has none.
  mutating func stringSize() throws(WireError) -> Int {
    let (size, _) = try measuredString()
    return size
  }

  /// Skips a string of Base64 (RFC 4648), and says how many bytes it stands for; null for none.
  mutating func base64Size() throws(WireError) -> Int {
    let (size, padding) = try measuredString()
    return max(0, size * 3 / 4 - padding)
  }

  /// The size of the string that is skipped, and how many `=` stand at its end, of which two count.
  private mutating func measuredString() throws(WireError) -> (size: Int, padding: Int) {
    skipWhiteSpace()
    let scan = StringScan(bytes, from: offset + 1)
    guard current == UInt8(ascii: "\""), scan.end < bytes.byteCount,
      bytes.byte(at: scan.end) == UInt8(ascii: "\"")
    else {
      let text = try string()
      return (text.utf8.count, text.suffix(2).filter { $0 == "=" }.count)
    }
    let range = offset + 1..<scan.end
    offset = scan.end + 1
    let padding = range.suffix(2).filter { bytes.byte(at: $0) == UInt8(ascii: "=") }.count
    return (range.count, padding)
  }

  private mutating func stringWithEscapes(from start: Int) throws(WireError) -> String {
    var text = ""
    var position = start
    while true {
      let scan = StringScan(bytes, from: position)
      if scan.end > position {
        text += String(copying: try validText(in: position..<scan.end))
      }
      position = scan.end
      guard position < bytes.byteCount else { throw .unexpectedEnd(offset: position) }
      switch bytes.byte(at: position) {
      case UInt8(ascii: "\""):
        offset = position + 1
        return text
      case UInt8(ascii: "\\"):
        text.unicodeScalars.append(try escapedScalar(at: &position))
      default:
        throw .malformed(offset: position, expected: "an escaped control character")
      }
    }
  }

  @_lifetime(copy self)
  private func validText(in range: Range<Int>) throws(WireError) -> UTF8Span {
    let units = Span<UInt8>(_bytes: bytes.extracting(unchecked: range))
    do {
      return try UTF8Span(validating: units)
    } catch {
      throw .invalidUTF8(offset: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  /// Decodes the escape whose backslash stands at `position`, and moves behind it.
  private func escapedScalar(at position: inout Int) throws(WireError) -> Unicode.Scalar {
    let start = position
    guard start + 1 < bytes.byteCount else { throw .unexpectedEnd(offset: bytes.byteCount) }
    position += 2
    switch bytes.byte(at: start + 1) {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimalUnit(at: &position, ofEscapeAt: start)
      if let scalar = Unicode.Scalar(unit) { return scalar }
      return try scalar(ofHighSurrogate: unit, at: &position, ofEscapeAt: start)
    default: throw .invalidEscape(offset: start)
    }
  }

  /// Reads the second half of a surrogate pair; one half alone is no text.
  private func scalar(
    ofHighSurrogate high: UInt32,
    at position: inout Int,
    ofEscapeAt start: Int
  ) throws(WireError) -> Unicode.Scalar {
    guard high < 0xDC00 else { throw .invalidEscape(offset: start) }
    for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
      guard position < bytes.byteCount else { throw .unexpectedEnd(offset: position) }
      guard bytes.byte(at: position) == expected else { throw .invalidEscape(offset: start) }
      position += 1
    }
    let low = try hexadecimalUnit(at: &position, ofEscapeAt: start)
    guard low & 0xFC00 == 0xDC00,
      let scalar = Unicode.Scalar(0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF)))
    else { throw .invalidEscape(offset: start) }
    return scalar
  }

  private func hexadecimalUnit(
    at position: inout Int,
    ofEscapeAt start: Int
  ) throws(WireError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.byteCount else { throw .unexpectedEnd(offset: position) }
      let byte = bytes.byte(at: position)
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw .invalidEscape(offset: start)
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}
