// The loops that every byte of a list goes through.

extension JSONReader {
  /// The byte at `offset`; zero at the end, which no JSON holds.
  @inline(__always)
  func peek() -> UInt8 { offset < bytes.byteCount ? byte(offset) : 0 }

  @inline(__always)
  func byte(_ position: Int) -> UInt8 {
    bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }

  @inline(__always)
  func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  @inline(__always)
  mutating func skipWhiteSpace() {
    while peek() <= 0x20, offset < bytes.byteCount {
      switch byte(offset) {
      case 0x20, 0x0a, 0x0d, 0x09: offset += 1
      default: return
      }
    }
  }

  func failure(expected what: String) -> WireError {
    offset >= bytes.byteCount
      ? .unexpectedEnd(offset: bytes.byteCount) : .malformed(offset: offset, expected: what)
  }

  /// Skips the string that begins here, eight bytes at a time.
  ///
  /// - Returns: whether it holds an escape.
  @usableFromInline
  mutating func skipString() throws(WireError) -> Bool {
    var position = offset + 1
    var hasEscape = false
    let end = bytes.byteCount
    while true {
      while position + 8 <= end {
        let word = bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
        let marks = Self.marks(in: word)
        if marks != 0 {
          position += marks.trailingZeroBitCount >> 3
          break
        }
        position += 8
      }
      guard position < end else { throw .unexpectedEnd(offset: end) }
      switch byte(position) {
      case UInt8(ascii: "\""):
        offset = position + 1
        return hasEscape
      case UInt8(ascii: "\\"):
        hasEscape = true
        position += 2
      case 0..<0x20: throw .malformed(offset: position, expected: "no control character")
      default: position += 1
      }
    }
  }

  /// Marks, by their top bit, the bytes that end or bend a string: `"`, `\` and control characters.
  ///
  /// The lowest mark is exact; marks above it may be false (Hacker's Delight, §6-1).
  @inline(__always)
  private static func marks(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5c)
    return
      ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
      | (word &- (ones &* 0x20)) & ~word) & tops
  }

  /// Skips any value, without recursion.
  package mutating func skip() throws(WireError) {
    skipWhiteSpace()
    switch peek() {
    case UInt8(ascii: "\""): _ = try skipString()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n"): try consumeNull()
    default:
      guard isAtNumber else { throw failure(expected: "a value") }
      _ = try numberRange()
    }
    needsComma = true
  }

  private mutating func skipContainer() throws(WireError) {
    var open = BracketStack()
    let end = bytes.byteCount
    while offset < end {
      let next = byte(offset)
      switch next {
      case UInt8(ascii: "\""):
        _ = try skipString()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth + open.count < Self.depthLimit else {
          throw .tooDeep(offset: offset, limit: Self.depthLimit)
        }
        open.push(isObject: next == UInt8(ascii: "{"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.pop(isObject: next == UInt8(ascii: "}")) else {
          throw .malformed(offset: offset, expected: "the bracket that closes")
        }
        if open.count == 0 {
          offset += 1
          return
        }
      default: break
      }
      offset += 1
    }
    throw .unexpectedEnd(offset: end)
  }
}

/// Which brackets are open, one bit each.
private struct BracketStack {
  private(set) var count = 0
  private var bits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  mutating func push(isObject: Bool) {
    bits.3 = bits.3 << 1 | bits.2 >> 63
    bits.2 = bits.2 << 1 | bits.1 >> 63
    bits.1 = bits.1 << 1 | bits.0 >> 63
    bits.0 = bits.0 << 1 | (isObject ? 1 : 0)
    count += 1
  }

  /// Closes the innermost; `false` where it is of the other kind.
  mutating func pop(isObject: Bool) -> Bool {
    guard (bits.0 & 1 == 1) == isObject else { return false }
    bits.0 = bits.0 >> 1 | bits.1 << 63
    bits.1 = bits.1 >> 1 | bits.2 << 63
    bits.2 = bits.2 >> 1 | bits.3 << 63
    bits.3 >>= 1
    count -= 1
    return true
  }
}
