/// How the bytes of a field are laid out, as its tag says.
enum ProtobufWireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
}

extension [UInt8] {
  @inline(__always)
  mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  @inline(__always)
  mutating func appendTag(_ number: Int, _ type: ProtobufWireType) {
    appendVarint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  /// The head of a field whose bytes follow.
  @inline(__always)
  mutating func appendHead(_ number: Int, byteCount: Int) {
    appendTag(number, .lengthDelimited)
    appendVarint(UInt64(byteCount))
  }

  /// A part of other bytes, without a slice, which would count references.
  @inline(__always)
  mutating func append(_ bytes: borrowing [UInt8], _ range: Range<Int>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// A whole field of text, bytes or a message.
  mutating func append(field number: Int, _ content: some Collection<UInt8>) {
    appendHead(number, byteCount: content.count)
    append(contentsOf: content)
  }
}
