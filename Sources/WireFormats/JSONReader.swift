/// Walks JSON once and reads only what it is asked for; the rest is skipped without allocating.
///
/// What is read is validated (RFC 8259). Of what is skipped, strings must end and brackets must
/// match. `null` counts as empty: no members, no elements, `""`, `0`, `false`, since Kubernetes
/// writes `null` for empty lists and unset times.
package struct JSONReader: ~Escapable {
  /// How many objects and arrays may stand inside each other.
  package static let depthLimit = 256

  @usableFromInline let bytes: RawSpan
  /// Where the next byte is read.
  package var offset = 0
  /// How many objects and arrays are open.
  @usableFromInline var depth = 0
  /// Whether a value came before in the innermost object or array.
  @usableFromInline var needsComma = false
  /// Whether the object or array that was just begun is `null`.
  @usableFromInline var isInNull = false

  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan) { self.bytes = bytes }
}

// MARK: - Objects and arrays

extension JSONReader {
  /// Enters the object that comes next.
  package mutating func beginObject() throws(WireError) {
    try begin(UInt8(ascii: "{"), "an object")
  }

  /// Enters the array that comes next.
  package mutating func beginArray() throws(WireError) { try begin(UInt8(ascii: "["), "an array") }

  private mutating func begin(_ bracket: UInt8, _ what: String) throws(WireError) {
    skipWhiteSpace()
    if peek() == UInt8(ascii: "n") {
      try consumeNull()
      isInNull = true
      return
    }
    guard peek() == bracket else { throw failure(expected: what) }
    guard depth < Self.depthLimit else { throw .tooDeep(offset: offset, limit: Self.depthLimit) }
    offset += 1
    depth += 1
    needsComma = false
  }

  /// Finds the next member that `Field` names, and stands on its value.
  ///
  /// Members without a name there are skipped. The caller must read or skip the value.
  ///
  /// - Returns: `nil` at the end of the object.
  @inlinable
  package mutating func nextField<Field: WireField>(
    _: Field.Type
  ) throws(WireError) -> Field? {
    while let key = try nextRawKey() {
      if key.hasEscape {
        if let field = Field.fieldNames.field(named: try decodedKey(key)) { return field }
      } else {
        for entry in Field.fieldNames.entries
        where entry.head == key.head && entry.name.count == key.length {
          if key.length <= 8 || matches(entry.name, key) { return entry.field }
        }
      }
      try skip()
    }
    return nil
  }

  /// The key of the next member, whatever it is; `nil` at the end of the object.
  package mutating func nextKey() throws(WireError) -> String? {
    guard let key = try nextRawKey() else { return nil }
    return String(decoding: try decodedKey(key), as: UTF8.self)
  }

  /// Whether another element comes; the caller must read or skip it.
  package mutating func nextElement() throws(WireError) -> Bool {
    if try endsHere(UInt8(ascii: "]")) { return false }
    guard peek() != UInt8(ascii: "]") else { throw failure(expected: "a value") }
    return true
  }

  /// Leaves the innermost object or array where it ends here; else takes the comma.
  @usableFromInline
  mutating func endsHere(_ bracket: UInt8) throws(WireError) -> Bool {
    if isInNull {
      isInNull = false
      return true
    }
    skipWhiteSpace()
    if peek() == bracket {
      offset += 1
      depth -= 1
      needsComma = true
      return true
    }
    if needsComma {
      guard peek() == UInt8(ascii: ",") else {
        throw failure(expected: "a comma or the end of the \(bracket == 0x7d ? "object" : "array")")
      }
      offset += 1
      skipWhiteSpace()
    }
    needsComma = false
    return false
  }
}

// MARK: - Keys

extension JSONReader {
  /// Where a key stands in the bytes.
  @usableFromInline struct RawKey {
    @usableFromInline var start: Int
    @usableFromInline var length: Int
    /// The first eight bytes, missing ones zero.
    @usableFromInline var head: UInt64
    @usableFromInline var hasEscape: Bool
  }

  /// Takes the next key and its colon.
  @usableFromInline
  mutating func nextRawKey() throws(WireError) -> RawKey? {
    if try endsHere(UInt8(ascii: "}")) { return nil }
    guard peek() == UInt8(ascii: "\"") else { throw failure(expected: "a member's name") }
    let start = offset + 1
    let hasEscape = try skipString()
    let length = offset - 1 - start
    skipWhiteSpace()
    guard peek() == UInt8(ascii: ":") else { throw failure(expected: "a colon") }
    offset += 1
    var head: UInt64 = 0
    if start + 8 <= bytes.byteCount {
      head = bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      if length < 8 { head &= (1 << UInt64(length * 8)) &- 1 }
    } else {
      for index in 0..<min(length, 8) { head |= UInt64(byte(start + index)) << (index * 8) }
    }
    return RawKey(start: start, length: length, head: head, hasEscape: hasEscape)
  }

  @usableFromInline
  func matches(_ name: [UInt8], _ key: RawKey) -> Bool {
    for index in 8..<name.count where name[index] != byte(key.start + index) { return false }
    return true
  }

  @usableFromInline
  func decodedKey(_ key: RawKey) throws(WireError) -> [UInt8] {
    let text = try StringDecoding.string(bytes, key.start..<key.start + key.length, key.hasEscape)
    return Array(text.utf8)
  }
}

// MARK: - Values

extension JSONReader {
  /// Reads a string.
  package mutating func string() throws(WireError) -> String {
    skipWhiteSpace()
    guard peek() == UInt8(ascii: "\"") else {
      try takeNull(expected: "a string")
      return ""
    }
    let start = offset + 1
    let hasEscape = try skipString()
    needsComma = true
    return try StringDecoding.string(bytes, start..<offset - 1, hasEscape)
  }

  /// Reads a boolean.
  package mutating func boolean() throws(WireError) -> Bool {
    skipWhiteSpace()
    switch peek() {
    case UInt8(ascii: "t"): try consume("true")
    case UInt8(ascii: "f"):
      try consume("false")
      return false
    default:
      try takeNull(expected: "a boolean")
      return false
    }
    return true
  }

  /// Reads a number without a fraction that fits 64 bits.
  package mutating func integer() throws(WireError) -> Int64 {
    skipWhiteSpace()
    guard isAtNumber else {
      try takeNull(expected: "a number")
      return 0
    }
    let start = offset
    let (range, isWhole) = try numberRange()
    let text = ascii(range)
    if isWhole {
      guard let value = Int64(text) else { throw .invalidNumber(offset: start) }
      return value
    }
    guard let value = Double(text), let whole = Int64(exactly: value) else {
      throw .invalidNumber(offset: start)
    }
    return whole
  }

  /// Reads a number.
  package mutating func number() throws(WireError) -> Double {
    skipWhiteSpace()
    guard isAtNumber else {
      try takeNull(expected: "a number")
      return 0
    }
    let start = offset
    let text = ascii(try numberRange().range)
    guard let value = Double(text), value.isFinite else { throw .invalidNumber(offset: start) }
    return value
  }

  /// Whether the value that comes next is `null`; it stays the next.
  package mutating func nextIsNull() -> Bool {
    skipWhiteSpace()
    return peek() == UInt8(ascii: "n")
  }

  /// Skips a value and says where it stood.
  package mutating func rawValue() throws(WireError) -> Range<Int> {
    skipWhiteSpace()
    let start = offset
    try skip()
    return start..<offset
  }

  /// Fails unless nothing but white space follows.
  package mutating func end() throws(WireError) {
    skipWhiteSpace()
    guard offset == bytes.byteCount else { throw .malformed(offset: offset, expected: "the end") }
  }

  private func ascii(_ range: Range<Int>) -> String {
    bytes.extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  var isAtNumber: Bool {
    peek() == UInt8(ascii: "-") || isDigit(peek())
  }

  private mutating func takeNull(expected what: String) throws(WireError) {
    guard peek() == UInt8(ascii: "n") else { throw failure(expected: what) }
    try consumeNull()
  }

  mutating func consumeNull() throws(WireError) { try consume("null") }

  private mutating func consume(_ literal: StaticString) throws(WireError) {
    let start = offset
    for index in 0..<literal.utf8CodeUnitCount {
      guard start + index < bytes.byteCount else { throw .unexpectedEnd(offset: bytes.byteCount) }
      guard byte(start + index) == literal.utf8Start[index] else {
        throw .malformed(offset: start, expected: "\(literal)")
      }
    }
    offset += literal.utf8CodeUnitCount
    needsComma = true
  }

  /// Takes a number by RFC 8259 §6.
  mutating func numberRange() throws(WireError) -> (range: Range<Int>, isWhole: Bool) {
    let start = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    if peek() == UInt8(ascii: "0") { offset += 1 } else { try digits(of: start) }
    var isWhole = true
    if peek() == UInt8(ascii: ".") {
      isWhole = false
      offset += 1
      try digits(of: start)
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      offset += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
      try digits(of: start)
    }
    guard !isDigit(peek()) else { throw .invalidNumber(offset: start) }
    needsComma = true
    return (start..<offset, isWhole)
  }

  private mutating func digits(of start: Int) throws(WireError) {
    guard isDigit(peek()) else {
      throw offset >= bytes.byteCount
        ? .unexpectedEnd(offset: offset) : .invalidNumber(offset: start)
    }
    while isDigit(peek()) { offset += 1 }
  }
}
