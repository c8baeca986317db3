extension JSONReader {
  /// Skips any value without allocating; its structure is checked, its text is not.
  package mutating func skip() throws(WireError) {
    skipWhiteSpace()
    // Locals stay in registers, which members behind an inout reference would not.
    var position = offset
    var open = OpenContainers()
    var isInObject = false
    value: while true {
      let byte = byte(at: position)
      switch byte {
      case UInt8(ascii: "\""):
        position = try endOfString(from: position)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth + open.count < Self.depthLimit else {
          throw .tooDeep(offset: position, limit: Self.depthLimit)
        }
        position = endOfWhiteSpace(from: position + 1)
        // In ASCII, both closing brackets stand two behind their opening ones.
        guard self.byte(at: position) == byte + 2 else {
          isInObject = byte == UInt8(ascii: "{")
          open.append(isObject: isInObject)
          if isInObject { position = try startOfMemberValue(from: position) }
          continue value
        }
        position += 1
      default:
        position = try endOfPlainScalar(from: position)
      }

      while open.count > 0 {
        position = endOfWhiteSpace(from: position)
        let byte = self.byte(at: position)
        if byte == UInt8(ascii: ",") {
          position = endOfWhiteSpace(from: position + 1)
          if isInObject { position = try startOfMemberValue(from: position) }
          continue value
        }
        guard byte == (isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw unexpected(isInObject ? "\",\" or \"}\"" : "\",\" or \"]\"", at: position)
        }
        position += 1
        open.removeLast()
        isInObject = open.lastIsObject
      }
      break
    }
    offset = position
  }

  /// Skips a value and says where it stood.
  package mutating func rawValue() throws(WireError) -> Range<Int> {
    skipWhiteSpace()
    let start = offset
    try skip()
    return start..<offset
  }

  /// The byte at `position`, or 0, which no JSON token starts with, at the end of the input.
  @inline(__always)
  private func byte(at position: Int) -> UInt8 {
    position < bytes.byteCount ? bytes.byte(at: position) : 0
  }

  @inline(__always)
  private func endOfWhiteSpace(from start: Int) -> Int {
    var position = start
    while position < bytes.byteCount, bytes.byte(at: position).isWhiteSpace { position &+= 1 }
    return position
  }

  /// Skips a member's name and the colon.
  @inline(__always)
  private func startOfMemberValue(from start: Int) throws(WireError) -> Int {
    guard byte(at: start) == UInt8(ascii: "\"") else {
      throw unexpected("a member's name", at: start)
    }
    let position = endOfWhiteSpace(from: try endOfString(from: start))
    guard byte(at: position) == UInt8(ascii: ":") else { throw unexpected("\":\"", at: position) }
    return endOfWhiteSpace(from: position + 1)
  }

  /// Skips the string whose opening quote stands at `start`.
  @inline(__always)
  private func endOfString(from start: Int) throws(WireError) -> Int {
    var position = start + 1
    word: while position <= bytes.byteCount &- 8 {
      let word = bytes.word(at: position)
      var stops = StringScan.stops(in: word)
      while stops != 0 {
        let shift = UInt64(truncatingIfNeeded: stops.trailingZeroBitCount & ~7)
        let stop = position &+ Int(truncatingIfNeeded: shift >> 3)
        let byte = UInt8(truncatingIfNeeded: word &>> shift)
        if byte == UInt8(ascii: "\"") { return stop &+ 1 }
        guard byte == UInt8(ascii: "\\") else {
          throw unexpected("an escaped control character", at: stop)
        }
        if shift == 56 {
          position = stop &+ 2
          continue word
        }
        // Neither the backslash nor what it escapes ends the string.
        stops &= (UInt64.max &<< shift) &<< 16
      }
      position &+= 8
    }
    // The last bytes of the input.
    guard position <= bytes.byteCount else { throw .unexpectedEnd(offset: bytes.byteCount) }
    while true {
      position = StringScan(bytes, from: position).end
      switch byte(at: position) {
      case UInt8(ascii: "\""):
        return position + 1
      case UInt8(ascii: "\\"):
        guard position + 1 < bytes.byteCount else {
          throw .unexpectedEnd(offset: bytes.byteCount)
        }
        position += 2
      default:
        throw unexpected("an escaped control character", at: position)
      }
    }
  }

  /// Skips a number, true, false or null.
  private func endOfPlainScalar(from start: Int) throws(WireError) -> Int {
    var reader = self
    reader.offset = start
    switch byte(at: start) {
    case UInt8(ascii: "t"):
      try reader.read(.true, expected: "a value")
    case UInt8(ascii: "f"):
      try reader.read(.false, expected: "a value")
    case UInt8(ascii: "n"):
      try reader.read(.null, expected: "a value")
    default:
      guard reader.startsNumber else { throw unexpected("a value", at: start) }
      return try NumberScan(bytes, from: start).end
    }
    return reader.offset
  }
}

/// The containers around a place, innermost last, a bit each: no allocation.
private struct OpenContainers {
  private var kinds = InlineArray<4, UInt64>(repeating: 0)
  private(set) var count = 0

  /// False if no container is open.
  @inline(__always)
  var lastIsObject: Bool {
    count > 0 && kinds[(count &- 1) >> 6] >> UInt64((count &- 1) & 63) & 1 == 1
  }

  /// Requires that `count` is below the reader's depth limit, for which the bits suffice.
  @inline(__always)
  mutating func append(isObject: Bool) {
    let bit: UInt64 = 1 << UInt64(count & 63)
    if isObject { kinds[count >> 6] |= bit } else { kinds[count >> 6] &= ~bit }
    count &+= 1
  }

  @inline(__always)
  mutating func removeLast() {
    count &-= 1
  }
}
