/// How well a name fits what somebody began to type, whose letters it has in their order.
package struct FuzzyMatch: Hashable, Sendable, Comparable {
  /// What is better has less: how it fits, where, and how much else there is.
  private let rank: Rank
  private let start: Int
  private let length: Int

  /// Whether there are other letters between those that were typed.
  package var isScattered: Bool { rank == .scattered }

  private enum Rank: Int, Comparable {
    case whole, beginning, wordBeginning, within, scattered

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Compares without regard to case; `nil` where the name has not all letters.
  package init?(_ typed: String, in name: String) {
    let (letters, characters) = (Array(typed.lowercased()), Array(name.lowercased()))
    length = characters.count
    if letters == characters {
      (rank, start) = (.whole, 0)
    } else if characters.starts(with: letters) {
      (rank, start) = (.beginning, 0)
    } else if let place = Self.place(of: letters, in: characters) {
      let isWord = !characters[place - 1].isLetter && !characters[place - 1].isNumber
      (rank, start) = (isWord ? .wordBeginning : .within, place)
    } else if let first = Self.first(of: letters, in: characters) {
      (rank, start) = (.scattered, first)
    } else {
      return nil
    }
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.rank, left.start, left.length) < (right.rank, right.start, right.length)
  }

  /// Where the letters stand together, not at the beginning.
  private static func place(of letters: [Character], in name: [Character]) -> Int? {
    guard letters.count < name.count else { return nil }
    return (1...name.count - letters.count).first { name[$0...].starts(with: letters) }
  }

  /// Where the first of the letters stands that follow each other with others between them.
  private static func first(of letters: [Character], in name: [Character]) -> Int? {
    var rest = letters[...]
    var first: Int?
    for (place, character) in name.enumerated() where character == rest.first {
      first = first ?? place
      rest = rest.dropFirst()
    }
    return rest.isEmpty ? first : nil
  }
}
