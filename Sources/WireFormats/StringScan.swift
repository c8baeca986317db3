/// Where the plain text of a JSON string stops: at a quote, a backslash, a control character or
/// the end of the input.
struct StringScan {
  let end: Int
  /// False as well if only bytes shortly behind `end` are not ASCII.
  let isKnownASCII: Bool

  /// Scans from `start`, a word at a time.
  @inline(__always)
  init(_ bytes: RawSpan, from start: Int) {
    var offset = start
    var seen: UInt64 = 0
    let lastWord = bytes.byteCount &- 8
    while offset <= lastWord {
      let word = bytes.word(at: offset)
      seen |= word
      let stops = Self.stops(in: word)
      if stops != 0 {
        end = offset &+ stops.trailingZeroBitCount >> 3
        isKnownASCII = seen & Self.highBits == 0
        return
      }
      offset &+= 8
    }
    while offset < bytes.byteCount {
      let byte = bytes.byte(at: offset)
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
      seen |= UInt64(byte)
      offset &+= 1
    }
    end = offset
    isKnownASCII = seen & Self.highBits == 0
  }

  /// Marks the high bit of each byte that ends plain text.
  @inline(__always)
  static func stops(in word: UInt64) -> UInt64 {
    let quotes = word ^ (0x22 &* lowBits)
    let backslashes = word ^ (0x5C &* lowBits)
    let low = ~highBits
    let others =
      ((quotes & low &+ low) | quotes) & ((backslashes & low &+ low) | backslashes)
      & ((word & low &+ 0x60 &* lowBits) | word)
    return ~others & highBits
  }

  private static let lowBits: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
}
