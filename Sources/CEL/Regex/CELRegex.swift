/// A regular expression in RE2's notation, matched in time that grows with the text.
package struct CELRegex: Sendable {
  private let program: RegexProgram

  /// Fails for what is no pattern, or too large a one.
  package init(_ pattern: String) throws(CELError) {
    program = try RegexProgram(pattern)
  }

  /// The number of groups, without the whole.
  package var groupCount: Int { program.groupNames.count }

  /// A text that patterns are looked for in.
  package struct Text {
    let scalars: [Unicode.Scalar]

    package init(_ text: String) {
      scalars = Array(text.unicodeScalars)
    }

    package subscript(_ range: Range<Int>) -> String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[range])
      return String(text)
    }

    package var count: Int { scalars.count }
  }

  /// Whether the pattern is anywhere in the text.
  package func matches(_ text: String, _ evaluation: Evaluation) throws(CELError) -> Bool {
    let scalars = Array(text.unicodeScalars)
    let machine = RegexMachine(program, text: scalars, groupCount: 0)
    var room = machine.makeRoom()
    return try machine.firstMatch(in: &room, evaluation) != nil
  }

  /// The places of matches that do not overlap, each of the whole and its groups; nil for a group without one.
  package func matches(in text: Text, limit: Int = .max, _ evaluation: Evaluation) throws(CELError)
    -> [[Range<Int>?]]
  {
    var matches: [[Range<Int>?]] = []
    let machine = RegexMachine(program, text: text.scalars, groupCount: groupCount + 1)
    var room = machine.makeRoom()
    var position = 0
    var lastEnd = -1
    while matches.count < limit, position <= text.count {
      try evaluation.charge(UInt64(groupCount))
      guard let places = try machine.firstMatch(from: position, in: &room, evaluation) else {
        break
      }
      let (start, end) = (places[0], places[1])
      // An empty match right behind another is none.
      if end > start || start != lastEnd {
        matches.append(ranges(places))
        lastEnd = end
      }
      position = end > start ? end : end + 1
    }
    return matches
  }

  private func ranges(_ places: [Int]) -> [Range<Int>?] {
    stride(from: 0, to: places.count, by: 2).map { slot in
      places[slot] >= 0 && places[slot + 1] >= places[slot] ? places[slot]..<places[slot + 1] : nil
    }
  }
}
