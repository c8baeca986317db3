/// What tells an object from all others that ever had its name (`metadata.uid`).
///
/// Clients must not read anything into it; but API servers make UUIDs (RFC 9562), which are kept as
/// their 16 bytes.
package struct ObjectUID: Hashable, Sendable {
  private enum Storage: Hashable, Sendable {
    case uuid(UInt64, UInt64)
    case text(String)
  }

  private let storage: Storage

  /// No object's: what nobody has set.
  package static let unset = ObjectUID("")

  package init(_ text: String) {
    storage = Self.uuid(text.utf8Span.span.bytes) ?? .text(text)
  }

  package var isEmpty: Bool { storage == .text("") }

  /// Reads a text as it stands on the wire.
  init(_ bytes: RawSpan) {
    storage = Self.uuid(bytes) ?? .text(String(decoding: bytes.copy, as: UTF8.self))
  }

  /// The sixteen bytes of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in small letters; `nil` for all
  /// else, which could not be written again as it was.
  private static func uuid(_ bytes: RawSpan) -> Storage? {
    guard bytes.byteCount == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for position in 0..<36 {
      let byte = bytes.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
      if hyphens & 1 << UInt64(position) != 0 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(digit)
    }
    return .uuid(high, low)
  }

  /// Where the hyphens stand, a bit for each place.
  private static var hyphens: UInt64 { 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23 }
}

extension RawSpan {
  /// The bytes as an array.
  var copy: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension ObjectUID: CustomStringConvertible, ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }

  package var description: String {
    switch storage {
    case .text(let text): return text
    case .uuid(let high, let low):
      let digits = [high, low].map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }.joined()
      var text = ""
      for digit in digits {
        if Self.hyphens & 1 << UInt64(text.utf8.count) != 0 { text.append("-") }
        text.append(digit)
      }
      return text
    }
  }
}
