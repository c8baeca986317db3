import WireFormats

/// How a map's values are written.
enum DataForm {
  case text
  /// Base64 in JSON, as they are in protobuf.
  case bytes
}

extension FieldReader {
  /// Reads the keys and sizes of a Secret's values, which are neither decoded nor kept, but for the
  /// certificate in `tls.crt`, of which the times are.
  mutating func append(
    keysTo keys: inout [String],
    sizesTo byteCount: inout Int,
    certificateTo certificate: inout CertificateValidity?
  ) throws(WireError) {
    try beginObject()
    while let key = try nextKey() {
      keys.insert(key, at: keys.lastIndex { $0 <= key }.map { $0 + 1 } ?? 0)
      byteCount += key.utf8.count
      if key == "tls.crt" {
        let text = try data()
        byteCount += text.count
        certificate = CertificateValidity(ofChain: text)
      } else {
        byteCount += try dataSize()
      }
    }
  }

  /// Reads a map's keys into `keys` in alphabetical order, and adds up what they and their values take, in bytes; the values are
  /// neither decoded nor kept.
  mutating func append(
    keysTo keys: inout [String],
    sizesTo byteCount: inout Int,
    of form: DataForm
  ) throws(WireError) {
    try beginObject()
    while let key = try nextKey() {
      keys.insert(key, at: keys.lastIndex { $0 <= key }.map { $0 + 1 } ?? 0)
      byteCount += key.utf8.count + (form == .text ? try textSize() : try dataSize())
    }
  }
}
