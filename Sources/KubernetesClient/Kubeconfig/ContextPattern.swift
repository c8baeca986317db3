/// A context's name, or a glob of names: `*` and `?` stand for any characters, `[a-z]` for one of
/// several, `[!a-z]` for one of all others.
struct ContextPattern {
  private enum Part {
    case exactly(Character)
    case anyOne
    case anyMany
    case oneOf([ClosedRange<Character>], isNegated: Bool)
  }

  private let text: String
  private let parts: [Part]

  init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    var rest = Substring(text)
    while let character = rest.popFirst() {
      switch character {
      case "*": parts.append(.anyMany)
      case "?": parts.append(.anyOne)
      case "[": parts.append(Self.set(&rest) ?? .exactly("["))
      default: parts.append(.exactly(character))
      }
    }
    self.parts = parts
  }

  /// Whether it may stand for several names.
  var isGlob: Bool {
    parts.contains { part in
      if case .exactly = part { false } else { true }
    }
  }

  /// The names that are meant; a name that is spelled the same is meant alone.
  func matches(in names: [String]) -> [String] {
    names.contains(text) ? [text] : names.filter { matches(Array($0)) }
  }

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

  /// Reads what follows a `[`; `nil`, and nothing read, where no `]` follows.
  private static func set(_ rest: inout Substring) -> Part? {
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
        ranges.append(first...first)
      }
    }
    return nil
  }
}
