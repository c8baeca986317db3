/// Where a JSON number ends and whether it is written as an integer.
struct NumberScan {
  let end: Int
  let isInteger: Bool

  /// Checks the number that starts at `start` against the grammar of RFC 8259.
  init(_ bytes: RawSpan, from start: Int) throws(WireError) {
    var offset = start
    if offset < bytes.byteCount, bytes.byte(at: offset) == UInt8(ascii: "-") { offset += 1 }
    if offset < bytes.byteCount, bytes.byte(at: offset) == UInt8(ascii: "0") {
      offset += 1
      if offset < bytes.byteCount, bytes.byte(at: offset).isDigit {
        throw .invalidNumber(offset: start)
      }
    } else {
      try Self.skipDigits(bytes, from: &offset, ofNumberAt: start)
    }
    var isInteger = true
    if offset < bytes.byteCount, bytes.byte(at: offset) == UInt8(ascii: ".") {
      isInteger = false
      offset += 1
      try Self.skipDigits(bytes, from: &offset, ofNumberAt: start)
    }
    if offset < bytes.byteCount, bytes.byte(at: offset) | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      offset += 1
      if offset < bytes.byteCount {
        let sign = bytes.byte(at: offset)
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { offset += 1 }
      }
      try Self.skipDigits(bytes, from: &offset, ofNumberAt: start)
    }
    end = offset
    self.isInteger = isInteger
  }

  private static func skipDigits(
    _ bytes: RawSpan,
    from offset: inout Int,
    ofNumberAt start: Int
  ) throws(WireError) {
    let first = offset
    while offset < bytes.byteCount, bytes.byte(at: offset).isDigit { offset += 1 }
    guard offset > first else {
      throw offset == bytes.byteCount
        ? .unexpectedEnd(offset: offset) : .invalidNumber(offset: start)
    }
  }
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }
}
