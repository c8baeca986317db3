/// Writes a protobuf message, for tests.
struct ProtobufBuilder {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ number: Int, _ value: Int64) {
    varint(UInt64(number << 3))
    varint(UInt64(bitPattern: value))
  }

  mutating func add(_ number: Int, _ text: String) { add(number, Array(text.utf8)) }

  mutating func add(_ number: Int, _ value: [UInt8]) {
    varint(UInt64(number << 3 | 2))
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func add(_ number: Int, _ build: (inout ProtobufBuilder) -> Void) {
    var inner = ProtobufBuilder()
    build(&inner)
    add(number, inner.bytes)
  }

  /// A field of fixed width, which Kubernetes hardly uses.
  mutating func addFixed(_ number: Int, width: Int) {
    varint(UInt64(number << 3 | (width == 8 ? 1 : 5)))
    bytes += Array(repeating: 0xFF, count: width)
  }
}
