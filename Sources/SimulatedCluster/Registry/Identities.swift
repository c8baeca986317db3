import Synchronization

/// Makes the identifiers of new objects, the same ones for the same seed.
final class Identities: Sendable {
  private let state: Mutex<SplitMix64>
  private static let letters = Array("bcdfghjklmnpqrstvwxz2456789")

  init(seed: UInt64) {
    state = Mutex(SplitMix64(seed: seed))
  }

  func number() -> UInt64 {
    state.withLock { $0.next() }
  }

  /// A version 4 UUID.
  func uid() -> String {
    Self.uid(number(), number())
  }

  /// The version 4 UUID of two random numbers.
  static func uid(_ first: UInt64, _ second: UInt64) -> String {
    let digits = [(first & ~0xF000) | 0x4000, (second & ~(3 << 62)) | (2 << 62)]
    return String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for nibble in 0..<32 {
        if [8, 12, 16, 20].contains(nibble) {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let digit = UInt8(digits[nibble / 16] >> UInt64(60 - 4 * (nibble % 16)) & 15)
        text[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        place += 1
      }
      return place
    }
  }

  /// The random end of a generated name, without letters that could form words.
  func suffix(_ length: Int = 5) -> String {
    String((0..<length).map { _ in Self.letters[Int(number() % UInt64(Self.letters.count))] })
  }
}
