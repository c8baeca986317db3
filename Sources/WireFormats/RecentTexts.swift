/// Texts that were read lately, so that one that comes again is not made again: the names of labels,
/// images and Nodes stand in object after object.
///
/// It forgets without harm. Short texts are not remembered, for they need no memory of their own.
package struct RecentTexts: Sendable {
  /// What a `String` holds in itself.
  private static var shortCount: Int { 15 }
  private static var longCount: Int { 256 }
  private static var firstCount: Int { 32 }
  private static var lastCount: Int { 4096 }

  private var slots: [String] = []
  /// How many texts were not there since the table grew.
  private var misses = 0

  package init() {}

  /// The text whose UTF-8 stands in `range` of `bytes`.
  mutating func text(
    _ bytes: RawSpan,
    in range: Range<Int>,
    isKnownASCII: Bool
  ) throws(WireError) -> String {
    guard range.count > Self.shortCount, range.count <= Self.longCount else {
      return try Self.make(bytes, range, isKnownASCII)
    }
    if slots.isEmpty || misses > slots.count && slots.count < Self.lastCount { grow() }
    let first = bytes.word(at: range.lowerBound)
    let last = bytes.word(at: range.upperBound - 8)
    let mixed = first ^ last &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(range.count)
    let hash = (mixed &* 0xD6E8_FEB8_6659_FD93) >> 40
    let slot = Int(hash) & (slots.count - 1)
    if Self.isEqual(slots[slot], bytes, range) { return slots[slot] }
    let text = try Self.make(bytes, range, isKnownASCII)
    slots[slot] = text
    misses += 1
    return text
  }

  private mutating func grow() {
    slots = Array(repeating: "", count: max(Self.firstCount, slots.count * 4))
    misses = 0
  }

  static func make(
    _ bytes: RawSpan,
    _ range: Range<Int>,
    _ isKnownASCII: Bool
  ) throws(WireError) -> String {
    let units = Span<UInt8>(_bytes: bytes.extracting(unchecked: range))
    if isKnownASCII { return String(copying: UTF8Span(unchecked: units, isKnownASCII: true)) }
    do {
      return String(copying: try UTF8Span(validating: units))
    } catch {
      throw .invalidUTF8(offset: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  private static func isEqual(_ text: String, _ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    let known = text.utf8Span.span.bytes
    guard known.byteCount == range.count else { return false }
    var offset = 0
    while offset + 8 <= range.count {
      guard known.word(at: offset) == bytes.word(at: range.lowerBound + offset) else {
        return false
      }
      offset += 8
    }
    // The last eight bytes, some of them once more.
    return known.word(at: range.count - 8) == bytes.word(at: range.upperBound - 8)
  }
}
