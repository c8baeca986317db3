/// A digest of bytes that came one after the other: two that are equal are of equal bytes.
///
/// It has 128 bits, and is another in each run of the program, so that nobody can make up two texts
/// with one digest.
package struct ByteDigest: Equatable, Sendable {
  private struct Words {
    let first: UInt64
    let second: UInt64

    init() {
      first = .random(in: .min ... .max)
      second = .random(in: .min ... .max)
    }
  }

  private static let seeds = Words()
  private static let factors = Words()

  private var first = seeds.first
  private var second = seeds.second

  package init() {}

  /// A number as good as one by chance, for a place in a table.
  package var tableHash: Int { Int(truncatingIfNeeded: first) }

  package mutating func combine(_ word: UInt64) { combine(word, Self.factors) }

  package mutating func combine(_ other: ByteDigest) {
    combine(other.first)
    combine(other.second)
  }

  /// Adds the bytes in `range`, and how many there are.
  mutating func combine(_ bytes: RawSpan, in range: Range<Int>) {
    // Locals stay in registers.
    let factors = Self.factors
    var digest = self
    var position = range.lowerBound
    while position + 8 <= range.upperBound {
      digest.combine(bytes.word(at: position), factors)
      position += 8
    }
    var rest: UInt64 = 0
    while position < range.upperBound {
      rest = rest << 8 | UInt64(bytes.byte(at: position))
      position += 1
    }
    digest.combine(rest, factors)
    digest.combine(UInt64(range.count), factors)
    self = digest
  }

  /// Multiplies each half, and folds the product's two halves into one word.
  @inline(__always)
  private mutating func combine(_ word: UInt64, _ factors: Words) {
    let left = (first ^ word).multipliedFullWidth(by: factors.first)
    let right = (second ^ word).multipliedFullWidth(by: factors.second)
    first = left.high ^ left.low
    second = right.high ^ right.low
  }
}
