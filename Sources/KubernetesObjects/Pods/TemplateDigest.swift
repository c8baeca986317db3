import WireFormats

/// Tells the specs of Pods apart by the bytes that templates are read from, sooner than by reading.
///
/// The Pods of one workload have the same, whatever admission adds to each.
struct TemplateDigest {
  /// The messages that fields are numbered in.
  enum Message: UInt64 {
    case spec = 1, volume, container
  }

  private(set) var bytes = ByteDigest()

  /// Adds that a message begins, or a field that is read element by element.
  mutating func begin(_ message: Message, field: Int = 0) {
    bytes.combine(message.rawValue << 32 | UInt64(field))
  }

  /// Adds a field, and skips it.
  mutating func add(
    _ field: Int,
    of message: Message,
    from reader: inout FieldReader
  ) throws(WireError) {
    begin(message, field: field)
    try reader.skip(into: &bytes)
  }

  mutating func add(_ other: ByteDigest) { bytes.combine(other) }
}
