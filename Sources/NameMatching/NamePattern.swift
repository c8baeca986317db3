/// A name, or a glob of names: `*` and `?` stand for any characters, `[a-z]` for one of several,
/// `[!a-z]` for one of all others.
package struct NamePattern: Sendable {
  private enum Part {
    case exactly(Character)
    case anyOne
    case anyMany
    case oneOf([ClosedRange<Character>], isNegated: Bool)
  }

  /// The pattern as it was written.
  package let text: String
  /// What is wrong with it, as a clause; `nil` where nothing is.
  ///
  /// Such a pattern still matches: what makes no glob stands for itself.
  package private(set) var problem: String?
  private var parts: [Part] = []

  package init(_ text: String) {
    self.text = text
    if text.isEmpty { problem = "it is empty" }
    var rest = Substring(text)
    while let character = rest.popFirst() {
      switch character {
      case "*": parts.append(.anyMany)
      case "?": parts.append(.anyOne)
      case "[": parts.append(set(&rest))
      default: parts.append(.exactly(character))
      }
    }
  }

  /// Whether it may stand for several names.
  package var isGlob: Bool {
    parts.contains { part in
      if case .exactly = part { false } else { true }
    }
  }

  /// The names that are meant; a name that is spelled the same is meant alone.
  package func matches(in names: [String]) -> [String] {
    names.contains(text) ? [text] : names.filter { matches(Array($0)) }
  }

  /// Whether the name is meant, spelled the same or by the glob.
  package func matches(_ name: String) -> Bool { name == text || matches(Array(name)) }

  /// Goes back to the last `*` alone, so that the time is at most the product of both lengths.
  private func matches(_ name: [Character]) -> Bool {
    var part = 0
    var position = 0
    var retry: (part: Int, position: Int)?
    while position < name.count {
      if part < parts.count, case .anyMany = parts[part] {
        retry = (part, position)
        part += 1
      } else if part < parts.count, Self.matches(parts[part], name[position]) {
        part += 1
        position += 1
      } else if let last = retry {
        retry = (last.part, last.position + 1)
        part = last.part + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { part in
      if case .anyMany = part { true } else { false }
    }
  }

  private static func matches(_ part: Part, _ character: Character) -> Bool {
    switch part {
    case .exactly(let expected): character == expected
    case .anyOne, .anyMany: true
    case .oneOf(let ranges, let isNegated):
      ranges.contains { $0.contains(character) } != isNegated
    }
  }

  /// Reads what follows a `[`; where no `]` follows nothing is read, and it stands for itself.
  private mutating func set(_ rest: inout Substring) -> Part {
    var inner = rest
    let isNegated = inner.first == "!" || inner.first == "^"
    if isNegated { inner.removeFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let first = inner.popFirst() {
      if first == "]", !ranges.isEmpty {
        rest = inner
        return .oneOf(ranges, isNegated: isNegated)
      }
      let afterDash = inner.first == "-" ? inner.dropFirst().first : nil
      if let last = afterDash, last != "]", first <= last {
        ranges.append(first...last)
        inner.removeFirst(2)
      } else {
        if let last = afterDash, last != "]" {
          problem = "its range \(first)-\(last) is backwards"
        }
        ranges.append(first...first)
      }
    }
    problem = "its [ has no ]; write [[] for the character itself"
    return .exactly("[")
  }
}

extension NamePattern: Equatable, ExpressibleByStringLiteral, CustomStringConvertible {
  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package init(stringLiteral text: String) { self.init(text) }

  package var description: String { text }
}
