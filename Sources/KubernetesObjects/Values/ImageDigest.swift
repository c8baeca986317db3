/// What an image consists of, as far as it tells images apart: the first 16 digits of its digest.
///
/// The digest of the OCI image specification is `sha256:` and 64 hexadecimal digits; a registry and a
/// path may stand before it.
package struct ImageDigest: Hashable, Sendable, CustomStringConvertible {
  private let prefix: UInt64

  /// The digest at the end of `imageID`, as a kubelet writes it; `nil` where it has none.
  package init?(imageID: String) {
    self.init(imageID: imageID.utf8Span.span.bytes)
  }

  /// The same, as it stands on the wire.
  init?(imageID bytes: RawSpan) {
    let start = bytes.byteCount - 64
    guard start > 0,
      bytes.unsafeLoad(fromUncheckedByteOffset: start - 1, as: UInt8.self) == UInt8(ascii: ":")
    else { return nil }
    var prefix: UInt64 = 0
    for position in start..<start + 16 {
      let byte = bytes.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): prefix = prefix << 4 | UInt64(byte - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): prefix = prefix << 4 | UInt64(byte - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): prefix = prefix << 4 | UInt64(byte - 55)
      default: return nil
      }
    }
    self.prefix = prefix
  }

  /// The digits as in `6d4cf56db6a1b2c3`.
  package var description: String {
    let digits = String(prefix, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
