/// Walks a protobuf message once, reads the values it is asked for and skips the rest.
///
/// It is used as a ``JSONReader`` is: after `begin…`, call `next…` until it says that there is no
/// more, and consume each value with exactly one call. Where JSON has one array, protobuf repeats
/// the field, so an array has one element here and comes again for the next; a map likewise.
///
/// Source: protobuf.dev, "Encoding"; Kubernetes uses no groups and packs nothing.
@usableFromInline
package struct ProtobufReader: ~Escapable {
  /// The number of messages that may stand in each other.
  package static let depthLimit = 32

  enum WireType: UInt8 {
    case varint, fixed64, lengthDelimited
    case fixed32 = 5
  }

  /// What is open at the reader's place.
  private struct Frame {
    var end: UInt32
    /// The row of a ``NumberTable`` that its fields stand in; above 0 in embedded messages.
    var row: UInt32
  }

  let bytes: RawSpan
  /// Where the next byte to read stands.
  package private(set) var offset: Int
  /// How the value that comes next is written.
  private var wireType = WireType.lengthDelimited
  private var isAtRoot = true
  /// The innermost thing that is open.
  private var frame: Frame
  /// What is open around it; as many as `depth`.
  private var outerFrames = InlineArray<32, Frame>(repeating: Frame(end: 0, row: 0))
  private var depth = 0

  /// Reads the message that stands in `range` of `bytes`, which are at most 4 GiB.
  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan, message range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    frame = Frame(end: UInt32(range.upperBound), row: 0)
  }

  /// Starts a message or a map's entry.
  package mutating func beginMessage() throws(WireError) {
    if isAtRoot {
      isAtRoot = false
      try push(end: limit)
    } else {
      let range = try lengthDelimited()
      offset = range.lowerBound
      try push(end: range.upperBound)
    }
  }

  /// Starts an array of which only one element stands here.
  package mutating func beginArray() throws(WireError) {
    try push(end: try endOfValue())
  }

  /// Whether the element of the array is still to be read.
  package mutating func nextElement() -> Bool {
    if offset < limit { return true }
    pop()
    return false
  }

  /// Returns the position in `table` of the next field, with its value next, or -1 at the
  /// message's end.
  @usableFromInline
  mutating func nextField(in table: NumberTable) throws(WireError) -> Int {
    while true {
      let row = Int(frame.row)
      guard offset < limit else {
        pop()
        if row > 0 { continue }
        return -1
      }
      let number = try readTag()
      switch table.meaning(of: number, in: row) {
      case .field(let index): return index
      case .embedded:
        let range = try lengthDelimited()
        offset = range.lowerBound
        try push(end: range.upperBound, row: table.row(of: number))
      case .unknown: try skip()
      }
    }
  }

  /// Moves to the key of a map's entry, which is to be read as a string; false behind the entry.
  mutating func beginKey() throws(WireError) -> Bool {
    guard offset < limit else {
      pop()
      return false
    }
    guard try readTag() == 1 else { throw malformed("a key") }
    return true
  }

  /// Moves from the key of a map's entry to its value.
  mutating func endKey() throws(WireError) {
    guard offset < limit, try readTag() == 2 else { throw malformed("a value") }
  }

  /// Skips any value.
  package mutating func skip() throws(WireError) { offset = try endOfValue() }
}

// MARK: - Values

extension ProtobufReader {
  /// Reads an integer of up to 64 bits, signed as Kubernetes' all are.
  package mutating func integer() throws(WireError) -> Int64 {
    guard wireType == .varint else { throw malformed("an integer") }
    return Int64(bitPattern: try Self.varint(bytes, at: &offset, before: limit))
  }

  package mutating func boolean() throws(WireError) -> Bool {
    guard wireType == .varint else { throw malformed("true or false") }
    return try Self.varint(bytes, at: &offset, before: limit) != 0
  }

  /// Skips a string or bytes, and says where they stood.
  package mutating func bytesRange() throws(WireError) -> Range<Int> {
    let range = try lengthDelimited()
    offset = range.upperBound
    return range
  }

  /// Where the bytes of the next value stand, which is not consumed.
  @inline(__always)
  private mutating func lengthDelimited() throws(WireError) -> Range<Int> {
    guard wireType == .lengthDelimited else { throw malformed("a message or a string") }
    var start = offset
    let length = try Self.varint(bytes, at: &start, before: limit)
    guard length <= UInt64(limit - start) else { throw malformed("a shorter value") }
    return start..<start + Int(length)
  }

  private mutating func endOfValue() throws(WireError) -> Int {
    var end = offset
    switch wireType {
    case .varint: _ = try Self.varint(bytes, at: &end, before: limit)
    case .fixed64: end = offset + 8
    case .fixed32: end = offset + 4
    case .lengthDelimited: end = try lengthDelimited().upperBound
    }
    guard end <= limit else { throw malformed("a shorter value") }
    return end
  }
}

// MARK: - Bytes

extension ProtobufReader {
  /// Where the innermost thing that is open ends.
  @inline(__always)
  private var limit: Int { Int(frame.end) }

  @inline(__always)
  private mutating func push(end: Int, row: Int = 0) throws(WireError) {
    guard depth < Self.depthLimit else { throw .tooDeep(offset: offset, limit: Self.depthLimit) }
    outerFrames[depth] = frame
    depth += 1
    frame = Frame(end: UInt32(end), row: UInt32(row))
  }

  @inline(__always)
  private mutating func pop() {
    depth -= 1
    frame = outerFrames[depth]
  }

  /// Reads a tag: remembers how the value is written, returns the field's number.
  @inline(__always)
  private mutating func readTag() throws(WireError) -> Int {
    let start = offset
    let tag = try Self.varint(bytes, at: &offset, before: limit)
    guard let type = WireType(rawValue: UInt8(tag & 7)), tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      throw .malformed(offset: start, expected: "a field")
    }
    wireType = type
    return Int(tag >> 3)
  }

  /// Reads the number at `position` and moves behind it.
  @inline(__always)
  static func varint(
    _ bytes: RawSpan,
    at position: inout Int,
    before end: Int
  ) throws(WireError) -> UInt64 {
    // Most numbers, tags and lengths among them, have one byte.
    if position < end {
      let byte = bytes.byte(at: position)
      if byte < 0x80 {
        position += 1
        return UInt64(byte)
      }
    }
    return try longVarint(bytes, at: &position, before: end)
  }

  @inline(never)
  private static func longVarint(
    _ bytes: RawSpan,
    at position: inout Int,
    before end: Int
  ) throws(WireError) -> UInt64 {
    var next = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while next < end, shift < 64 {
      let byte = bytes.byte(at: next)
      next += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        position = next
        return value
      }
      shift += 7
    }
    throw .malformed(offset: position, expected: "a whole number")
  }

  // Mutating though it changes nothing, as others here: a call on a mere copy would copy all frames.
  @inline(never)
  private mutating func malformed(_ expected: String) -> WireError {
    .malformed(offset: offset, expected: expected)
  }
}
