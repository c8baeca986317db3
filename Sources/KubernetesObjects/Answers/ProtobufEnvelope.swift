import WireFormats

/// What Kubernetes wraps protobuf messages in: four magic bytes and a `runtime.Unknown`.
///
/// Source: k8s.io/apimachinery, `runtime/serializer/protobuf`.
struct ProtobufEnvelope {
  /// Where the object's own message stands; its end need not be there yet.
  let message: Range<Int>

  private static let magic: [UInt8] = Array("k8s\0".utf8)
  private static let rawNumber = 2

  /// Reads the envelope at the start of `range`.
  ///
  /// - Throws: ``WireError/unexpectedEnd(offset:)`` where the bytes end before the message begins.
  init(_ bytes: RawSpan, in range: Range<Int>) throws(WireError) {
    for (distance, byte) in Self.magic.enumerated() {
      guard range.lowerBound + distance < range.upperBound else {
        throw .unexpectedEnd(offset: range.upperBound)
      }
      guard bytes.unsafeLoad(fromByteOffset: range.lowerBound + distance, as: UInt8.self) == byte
      else { throw .malformed(offset: range.lowerBound, expected: "Kubernetes' protobuf") }
    }
    var offset = range.lowerBound + Self.magic.count
    while true {
      let field = try ProtobufField(startingAt: offset, of: bytes)
      guard field.number != Self.rawNumber else {
        message = field.value
        return
      }
      try field.requireWhole(in: bytes)
      offset = field.value.upperBound
    }
  }

  /// Reads an envelope that is all there.
  init(whole bytes: RawSpan, in range: Range<Int>) throws(WireError) {
    try self.init(bytes, in: range)
    guard message.upperBound <= range.upperBound else {
      throw .unexpectedEnd(offset: range.upperBound)
    }
  }
}
