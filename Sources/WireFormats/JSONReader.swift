/// Walks JSON text once, reads the values it is asked for and skips the rest.
///
/// After `begin…`, call `next…` until it says that there is no more, and consume each value with
/// exactly one call. A copy of a reader reads on independently from the same place.
@usableFromInline
package struct JSONReader: ~Escapable {
  /// The number of objects and arrays that may stand in each other.
  package static let depthLimit = 256

  /// Where a reader stood.
  package struct Bookmark: Sendable {
    package fileprivate(set) var offset = 0
    fileprivate var depth = 0
    fileprivate var place = Place.elsewhere

    /// The start of the input.
    package init() {}

    fileprivate init(offset: Int, depth: Int, place: Place) {
      self.offset = offset
      self.depth = depth
      self.place = place
    }

    /// Takes in that this many bytes, all of them read, were cut from the input's start.
    package mutating func cut(_ count: Int) { offset -= count }
  }

  /// What came last, as far as it decides what may come next.
  enum Place {
    case afterOpening, afterNullForContainer, elsewhere
  }

  let bytes: RawSpan
  /// Where the next byte to read stands.
  package internal(set) var offset = 0
  var depth = 0
  var place = Place.elsewhere

  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan) {
    self.bytes = bytes
  }

  /// Goes on where another reader stood, in bytes that begin as that reader's did.
  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan, at bookmark: Bookmark) {
    self.bytes = bytes
    offset = bookmark.offset
    depth = bookmark.depth
    place = bookmark.place
  }

  /// Where the reader stands, to go on from there when more bytes have come.
  package var bookmark: Bookmark { Bookmark(offset: offset, depth: depth, place: place) }

  /// Starts an object; null counts as one without members, since Kubernetes writes it for those.
  package mutating func beginObject() throws(WireError) {
    try begin(UInt8(ascii: "{"), "an object")
  }

  /// Starts an array; null counts as one without elements.
  package mutating func beginArray() throws(WireError) {
    try begin(UInt8(ascii: "["), "an array")
  }

  /// Returns the next member that `Field` names, with its value next, or nil at the object's end.
  ///
  /// Inlinable because unspecialised it would copy, and so retain, the names at each call; that
  /// takes `@usableFromInline` on every type mentioned here.
  @inlinable
  package mutating func nextField<Field: WireField>(
    _ type: Field.Type
  ) throws(WireError) -> Field? {
    let index = try nextMember(in: Field.fieldNames.table)
    return index < 0 ? nil : Field.fieldNames.fields[index]
  }

  /// Returns the next member's name, with its value next, or nil at the object's end.
  package mutating func nextKey() throws(WireError) -> String? {
    guard try beginKey() else { return nil }
    let key = try string()
    try endKey()
    return key
  }

  /// Moves to the next member's name, which is to be read as a string; false at the object's end.
  mutating func beginKey() throws(WireError) -> Bool {
    guard try nextItem(closing: UInt8(ascii: "}"), "\",\" or \"}\"") else { return false }
    guard current == UInt8(ascii: "\"") else { throw unexpected("a member's name") }
    return true
  }

  /// Moves from a member's name to its value.
  mutating func endKey() throws(WireError) { try readColon() }

  /// Moves to the next element; false at the array's end.
  package mutating func nextElement() throws(WireError) -> Bool {
    try nextItem(closing: UInt8(ascii: "]"), "\",\" or \"]\"")
  }

  /// Makes sure that only white space follows.
  package mutating func end() throws(WireError) {
    skipWhiteSpace()
    guard offset == bytes.byteCount else { throw unexpected("the end") }
  }

  /// Skips members until one is in `table`; returns its index there, or -1 at the object's end.
  @usableFromInline
  mutating func nextMember(in table: NameTable) throws(WireError) -> Int {
    while try nextItem(closing: UInt8(ascii: "}"), "\",\" or \"}\"") {
      guard current == UInt8(ascii: "\"") else { throw unexpected("a member's name") }
      let start = offset + 1
      let scan = StringScan(bytes, from: start)
      let index: Int
      if scan.end < bytes.byteCount, bytes.byte(at: scan.end) == UInt8(ascii: "\"") {
        offset = scan.end + 1
        index = table.index(of: bytes, in: start..<scan.end)
      } else {
        let name = Array(try string().utf8)
        index = table.index(of: name.span.bytes, in: 0..<name.count)
      }
      try readColon()
      if index >= 0 { return index }
      try skip()
    }
    return -1
  }

  /// The byte at `offset`, or 0, which no JSON token starts with, at the end of the input.
  @inline(__always)
  var current: UInt8 {
    offset < bytes.byteCount ? bytes.byte(at: offset) : 0
  }

  @inline(__always)
  mutating func skipWhiteSpace() {
    while offset < bytes.byteCount, bytes.byte(at: offset).isWhiteSpace { offset += 1 }
  }

  /// The error for what stands at `offset` instead of `expected`.
  func unexpected(_ expected: String) -> WireError {
    unexpected(expected, at: offset)
  }

  @inline(never)
  func unexpected(_ expected: String, at position: Int) -> WireError {
    position < bytes.byteCount
      ? .malformed(offset: position, expected: expected) : .unexpectedEnd(offset: position)
  }

  private mutating func begin(_ opening: UInt8, _ expected: String) throws(WireError) {
    skipWhiteSpace()
    if current == opening {
      guard depth < Self.depthLimit else {
        throw .tooDeep(offset: offset, limit: Self.depthLimit)
      }
      depth += 1
      offset += 1
      place = .afterOpening
    } else if try readNull(insteadOf: expected) {
      place = .afterNullForContainer
    }
  }

  /// Moves to the next member or element behind a comma; false if the container ends.
  @inline(__always)
  private mutating func nextItem(
    closing: UInt8,
    _ expected: String
  ) throws(WireError) -> Bool {
    if place == .afterNullForContainer {
      place = .elsewhere
      return false
    }
    skipWhiteSpace()
    let isFirst = place == .afterOpening
    place = .elsewhere
    if current == closing {
      offset += 1
      depth -= 1
      return false
    }
    if isFirst {
      guard offset < bytes.byteCount else { throw .unexpectedEnd(offset: offset) }
      return true
    }
    guard current == UInt8(ascii: ",") else { throw unexpected(expected) }
    offset += 1
    skipWhiteSpace()
    return true
  }

  @inline(__always)
  private mutating func readColon() throws(WireError) {
    skipWhiteSpace()
    guard current == UInt8(ascii: ":") else { throw unexpected("\":\"") }
    offset += 1
  }
}

extension UInt8 {
  @inline(__always)
  var isWhiteSpace: Bool {
    self <= 0x20 && (self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09)
  }
}
