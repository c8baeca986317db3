/// The 64-bit FNV-1a hash of texts, which is the same in all programs and after a restart.
///
/// Source: draft-eastlake-fnv.
package struct StableHash: Sendable {
  private static let prime: UInt64 = 0x100_0000_01b3

  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  /// The hash of one text.
  package init(_ text: String) { add(text) }

  package mutating func add(_ text: String) {
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* Self.prime }
  }

  /// Adds a text and ends it by a byte that no text holds, so that `a`, `bc` is another than `ab`, `c`.
  package mutating func add(part text: String) {
    add(text)
    value = value &* Self.prime
  }

  /// The 16 hexadecimal digits of a hash.
  package static func text(of value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Reads what ``text(of:)`` wrote; `nil` where that is anything else.
  package static func value(of text: some StringProtocol) -> UInt64? {
    guard text.utf8.count == 16, !text.hasPrefix("+") else { return nil }
    return UInt64(text, radix: 16)
  }
}
