import Synchronization

/// Makes the identifiers of new objects, the same ones for the same seed.
final class Identities: Sendable {
  private let state: Mutex<UInt64>
  private static let letters = Array("bcdfghjklmnpqrstvwxz2456789")

  init(seed: UInt64) {
    state = Mutex(seed)
  }

  /// The next number of the SplitMix64 sequence.
  func number() -> UInt64 {
    state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  /// A version 4 UUID.
  func uid() -> String {
    let digits = Array(
      hexadecimal((number() & ~0xF000) | 0x4000)
        + hexadecimal((number() & ~(3 << 62)) | (2 << 62))
    )
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
      .map { String(digits[$0]) }
      .joined(separator: "-")
  }

  /// The random end of a generated name, without letters that could form words.
  func suffix(_ length: Int = 5) -> String {
    String((0..<length).map { _ in Self.letters[Int(number() % UInt64(Self.letters.count))] })
  }

  private func hexadecimal(_ number: UInt64) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
