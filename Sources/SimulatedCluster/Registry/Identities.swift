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
