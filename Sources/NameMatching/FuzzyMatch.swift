/// What somebody began to type, whose letters a name has in their order.
package struct FuzzyPattern: Sendable {
  private let letters: [UInt8]

  package init(_ typed: String) { letters = typed.utf8.map(Self.folded) }

  /// How well a name fits, without regard to the case of ASCII; `nil` where it has not all letters.
  package func match(_ name: String) -> FuzzyMatch? {
    let characters = name.utf8.map(Self.folded)
    func match(_ rank: FuzzyMatch.Rank, _ start: Int) -> FuzzyMatch {
      FuzzyMatch(rank: rank, start: start, length: characters.count)
    }
    if characters.starts(with: letters) {
      return match(letters.count == characters.count ? .whole : .beginning, 0)
    }
    if let place = place(in: characters) {
      let before = characters[place - 1]
      let isWord = !Self.isLetter(before)
      return match(isWord ? .wordBeginning : .within, place)
    }
    return first(in: characters).map { match(.scattered, $0) }
  }

  /// Where the letters stand together, not at the beginning.
  private func place(in name: [UInt8]) -> Int? {
    guard letters.count < name.count else { return nil }
    return (1...name.count - letters.count).first { name[$0...].starts(with: letters) }
  }

  /// Where the first of the letters stands that follow each other with others between them.
  private func first(in name: [UInt8]) -> Int? {
    var next = 0
    var first: Int?
    for (place, character) in name.enumerated()
    where next < letters.count && character == letters[next] {
      first = first ?? place
      next += 1
    }
    return next == letters.count ? first : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: false
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

/// How well a name fits a pattern: what is better is less.
package struct FuzzyMatch: Hashable, Sendable, Comparable {
  enum Rank: Int, Comparable {
    case whole, beginning, wordBeginning, within, scattered

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  let rank: Rank
  let start: Int
  let length: Int

  /// Whether there are other letters between those that were typed.
  package var isScattered: Bool { rank == .scattered }

  package static func < (left: Self, right: Self) -> Bool {
    (left.rank, left.start, left.length) < (right.rank, right.start, right.length)
  }
}
