/// The part of a regular expression's syntax that finite automata take; anything else is not read.
indirect enum PatternSyntax {
  /// One of these ASCII characters.
  case oneOf(Set<UInt8>)
  case sequence([PatternSyntax])
  case choice([PatternSyntax])
  /// Any number of times, from `least` on; `most` is `nil` where there is no end.
  case repeated(PatternSyntax, least: Int, most: Int?)
  case start
  case end

  /// How often something may be asked for, lest the automaton grows without bounds.
  private static let repetitionLimit = 50

  /// Reads a pattern that takes no heed of case; `nil` where it has more than automata take.
  init?(_ pattern: String) {
    guard pattern.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) else { return nil }
    var rest = Array(pattern.utf8)[...]
    guard let syntax = Self.choice(&rest), rest.isEmpty else { return nil }
    self = syntax
  }

  private static func choice(_ rest: inout ArraySlice<UInt8>) -> PatternSyntax? {
    var choices: [PatternSyntax] = []
    while true {
      guard let sequence = sequence(&rest) else { return nil }
      choices.append(sequence)
      guard rest.first == UInt8(ascii: "|") else { break }
      rest.removeFirst()
    }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private static func sequence(_ rest: inout ArraySlice<UInt8>) -> PatternSyntax? {
    var parts: [PatternSyntax] = []
    while let next = rest.first, next != UInt8(ascii: "|"), next != UInt8(ascii: ")") {
      guard let atom = atom(&rest), let part = repeated(atom, &rest) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private static func atom(_ rest: inout ArraySlice<UInt8>) -> PatternSyntax? {
    let character = rest.removeFirst()
    switch character {
    case UInt8(ascii: "^"): return .start
    case UInt8(ascii: "$"): return .end
    case UInt8(ascii: "."): return .oneOf(all)
    case UInt8(ascii: "("):
      if rest.starts(with: "?:".utf8) {
        rest.removeFirst(2)
      } else if rest.first == UInt8(ascii: "?") {
        return nil
      }
      guard let inner = choice(&rest), rest.popFirst() == UInt8(ascii: ")") else { return nil }
      return inner
    case UInt8(ascii: "["): return set(&rest).map(PatternSyntax.oneOf)
    case UInt8(ascii: "\\"): return escaped(&rest).map(PatternSyntax.oneOf)
    case _ where "*+?{}])".utf8.contains(character): return nil
    default: return .oneOf(anyCase(character))
    }
  }

  private static func repeated(
    _ atom: PatternSyntax,
    _ rest: inout ArraySlice<UInt8>
  ) -> PatternSyntax? {
    var range: (least: Int, most: Int?)
    switch rest.first {
    case UInt8(ascii: "*"): range = (0, nil)
    case UInt8(ascii: "+"): range = (1, nil)
    case UInt8(ascii: "?"): range = (0, 1)
    case UInt8(ascii: "{"):
      let inner = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }
      let parts = inner.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { Int(String(decoding: $0, as: UTF8.self)) }
      guard let first = parts.first, let least = first, least <= repetitionLimit,
        parts.count == 1 || parts.count == 2
      else { return nil }
      range = (least, parts.count == 1 ? least : parts[1])
      let isOpen = parts.count == 2 && inner.last == UInt8(ascii: ",")
      guard isOpen || range.most.map({ least...repetitionLimit ~= $0 }) == true else { return nil }
      rest = rest.dropFirst(inner.count + 1)
    default: return atom
    }
    switch atom {
    case .start, .end: return nil
    default: break
    }
    rest.removeFirst()
    // Whether as little or as much as possible is taken makes no difference to whether any is.
    if rest.first == UInt8(ascii: "?") { rest.removeFirst() }
    guard let next = rest.first, "*+?{".utf8.contains(next) else {
      return .repeated(atom, least: range.least, most: range.most)
    }
    return nil
  }
}

// MARK: - Characters

extension PatternSyntax {
  private static let all = Set<UInt8>(0..<0x80)
  private static let digits = Set(UInt8(ascii: "0")...UInt8(ascii: "9"))
  private static let spaces = Set<UInt8>([9, 10, 11, 12, 13, 32])
  private static let words = digits.union(UInt8(ascii: "a")...UInt8(ascii: "z"))
    .union(UInt8(ascii: "A")...UInt8(ascii: "Z")).union([UInt8(ascii: "_")])

  private static func anyCase(_ character: UInt8) -> Set<UInt8> {
    let isLetter =
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= character
      || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= character
    return isLetter ? [character | 0x20, character & ~0x20] : [character]
  }

  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> Set<UInt8>? {
    guard let character = rest.popFirst() else { return nil }
    switch character {
    case UInt8(ascii: "d"): return digits
    case UInt8(ascii: "D"): return all.subtracting(digits)
    case UInt8(ascii: "w"): return words
    case UInt8(ascii: "W"): return all.subtracting(words)
    case UInt8(ascii: "s"): return spaces
    case UInt8(ascii: "S"): return all.subtracting(spaces)
    // What other letters and digits mean is left to those who know.
    default: return words.contains(character) ? nil : [character]
    }
  }

  /// What stands between brackets, of which the first was read.
  private static func set(_ rest: inout ArraySlice<UInt8>) -> Set<UInt8>? {
    let isInverse = rest.first == UInt8(ascii: "^")
    if isInverse { rest.removeFirst() }
    var set: Set<UInt8> = []
    while let character = rest.popFirst() {
      if character == UInt8(ascii: "]") {
        return set.isEmpty ? nil : isInverse ? all.subtracting(set) : set
      }
      // Sets within sets, and operations on them.
      if "[&~".utf8.contains(character) { return nil }
      if character == UInt8(ascii: "\\") {
        guard let escaped = escaped(&rest) else { return nil }
        set.formUnion(escaped)
        continue
      }
      let last = rest.dropFirst().first
      guard rest.first == UInt8(ascii: "-"), let last, last != UInt8(ascii: "]") else {
        // A dash elsewhere than at an end may mean something else.
        let isAtEnd = set.isEmpty || rest.first == UInt8(ascii: "]")
        guard character != UInt8(ascii: "-") || isAtEnd else { return nil }
        set.formUnion(anyCase(character))
        continue
      }
      guard character <= last, !"[\\&~".utf8.contains(last) else { return nil }
      for member in character...last { set.formUnion(anyCase(member)) }
      rest.removeFirst(2)
    }
    return nil
  }
}
