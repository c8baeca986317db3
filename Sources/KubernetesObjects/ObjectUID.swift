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
    storage = Self.uuid(text) ?? .text(text)
  }

  package var isEmpty: Bool { storage == .text("") }

  /// The sixteen bytes of `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in small letters; `nil` for all
  /// else, which could not be written again as it was.
  private static func uuid(_ text: String) -> Storage? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == 36 else { return nil }
      var high: UInt64 = 0
      var low: UInt64 = 0
      for (position, byte) in bytes.enumerated() {
        if hyphens.contains(position) {
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
  }

  private static let hyphens = [8, 13, 18, 23]
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
        if Self.hyphens.contains(text.utf8.count) { text.append("-") }
        text.append(digit)
      }
      return text
    }
  }
}
