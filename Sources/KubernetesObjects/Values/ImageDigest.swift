/// What an image consists of, as far as it tells images apart: the first 16 digits of its digest.
///
/// The digest of the OCI image specification is `sha256:` and 64 hexadecimal digits; a registry and a
/// path may stand before it.
package struct ImageDigest: Hashable, Sendable, CustomStringConvertible {
  private let prefix: UInt64

  /// The digest at the end of `imageID`, as a kubelet writes it; `nil` where it has none.
  package init?(imageID: String) {
    let digest = imageID.utf8.suffix(64)
    guard digest.count == 64, imageID.utf8.dropLast(64).last == UInt8(ascii: ":"),
      let text = String(digest.prefix(16)), let prefix = UInt64(text, radix: 16)
    else { return nil }
    self.prefix = prefix
  }

  /// The digits as in `6d4cf56db6a1b2c3`.
  package var description: String {
    let digits = String(prefix, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
