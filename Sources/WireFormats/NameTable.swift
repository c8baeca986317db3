/// A hash table from the bytes of a name to its position in a fixed list of names.
///
/// A name of up to 16 bytes is decided by its length and its first and last eight bytes alone.
@usableFromInline
package struct NameTable: Sendable {
  private struct Slot {
    var length = -1
    var first: UInt64 = 0
    var last: UInt64 = 0
    var index = -1
    /// Where the name starts in `text`.
    var start = 0
  }

  private var slots: [Slot]
  private var text: [UInt8] = []
  private let shift: UInt64

  init(_ names: [String]) {
    // Sparse, so that most unknown names meet an empty slot at once.
    let bits = UInt64(max(4, (names.count * 4).bitWidth - (names.count * 4).leadingZeroBitCount))
    shift = 64 - bits
    slots = Array(repeating: Slot(), count: 1 << Int(bits))
    for (index, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      let ends = NameEnds(of: bytes.span.bytes, in: 0..<bytes.count)
      var position = slot(of: ends, length: bytes.count)
      while slots[position].index >= 0 { position = (position + 1) & (slots.count - 1) }
      slots[position] = Slot(
        length: bytes.count,
        first: ends.first,
        last: ends.last,
        index: index,
        start: text.count
      )
      text += bytes
    }
  }

  /// Returns the position of the name that stands in `range` of `bytes`, -1 if there is none.
  func index(of bytes: RawSpan, in range: Range<Int>) -> Int {
    let length = range.count
    let ends = NameEnds(of: bytes, in: range)
    var position = slot(of: ends, length: length)
    while slots[position].index >= 0 {
      if slots[position].length == length, slots[position].first == ends.first,
        slots[position].last == ends.last,
        length <= 16 || hasText(at: slots[position].start, of: bytes, in: range)
      {
        return slots[position].index
      }
      position = (position + 1) & (slots.count - 1)
    }
    return -1
  }

  private func slot(of ends: NameEnds, length: Int) -> Int {
    let mixed = ends.first ^ (ends.last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(length)
    return Int((mixed &* 0xD6E8_FEB8_6659_FD93) >> shift)
  }

  private func hasText(at start: Int, of bytes: RawSpan, in range: Range<Int>) -> Bool {
    for distance in 0..<range.count
    where text[start + distance] != bytes.byte(at: range.lowerBound + distance) {
      return false
    }
    return true
  }
}

/// The first and the last eight bytes of a name as words; a shorter name stands in `first` alone.
private struct NameEnds {
  var first: UInt64 = 0
  var last: UInt64 = 0

  init(of bytes: RawSpan, in range: Range<Int>) {
    let length = range.count
    if length >= 8 {
      first = bytes.word(at: range.lowerBound)
      last = bytes.word(at: range.upperBound - 8)
    } else if length > 0, range.lowerBound + 8 <= bytes.byteCount {
      first = bytes.word(at: range.lowerBound) & (UInt64.max >> UInt64(64 - 8 * length))
    } else {
      for distance in 0..<length {
        first |= UInt64(bytes.byte(at: range.lowerBound + distance)) << UInt64(8 * distance)
      }
    }
  }
}
