/// A field of a message whose bytes are still coming.
package struct ProtobufField {
  package let number: Int
  /// Where its value stands, for a message, a string or bytes; where a number stands otherwise.
  package let value: Range<Int>

  /// Reads the field at `offset`, whose value need not be there yet.
  ///
  /// - Throws: ``WireError/unexpectedEnd(offset:)`` where the bytes end within its tag or length.
  package init(startingAt offset: Int, of bytes: RawSpan) throws(WireError) {
    var position = offset
    let tag = try Self.varint(bytes, at: &position)
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      throw .malformed(offset: offset, expected: "a field")
    }
    number = Int(tag >> 3)
    switch ProtobufReader.WireType(rawValue: UInt8(tag & 7)) {
    case .varint:
      let start = position
      _ = try Self.varint(bytes, at: &position)
      value = start..<position
    case .fixed64: value = position..<position + 8
    case .fixed32: value = position..<position + 4
    case .lengthDelimited:
      let length = try Self.varint(bytes, at: &position)
      guard length < 1 << 31 else {
        throw .malformed(offset: offset, expected: "a shorter value")
      }
      value = position..<position + Int(length)
    case nil: throw .malformed(offset: offset, expected: "a field")
    }
  }

  /// Throws ``WireError/unexpectedEnd(offset:)`` where the value is not all there.
  package func requireWhole(in bytes: RawSpan) throws(WireError) {
    guard value.upperBound <= bytes.byteCount else {
      throw .unexpectedEnd(offset: bytes.byteCount)
    }
  }

  private static func varint(
    _ bytes: RawSpan,
    at position: inout Int
  ) throws(WireError) -> UInt64 {
    // No varint is longer than ten bytes: where those are there, an end is an error for good.
    let end = min(position + 10, bytes.byteCount)
    let isCut = end < position + 10
    let start = position
    do {
      return try ProtobufReader.varint(bytes, at: &position, before: end)
    } catch {
      throw isCut
        ? .unexpectedEnd(offset: bytes.byteCount)
        : .malformed(offset: start, expected: "a number")
    }
  }
}
