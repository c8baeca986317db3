/// A regular expression of a filter, compiled once; it takes no heed of case.
package struct FilterPattern: Hashable, Sendable {
  /// The longest that is compiled.
  static let lengthLimit = 200

  /// Compiled from text alone it holds no code of ours, and nobody changes it: a regex built of
  /// parts might, which is why the library's own type is not sendable.
  private final class Compiled: @unchecked Sendable {
    let regex: Regex<AnyRegexOutput>

    init(_ regex: Regex<AnyRegexOutput>) { self.regex = regex }
  }

  package let source: String
  private let compiled: Compiled
  /// Finds the same, and quicker, where the pattern and the text are simple.
  private let automaton: PatternAutomaton?

  package init(_ source: String) throws(FilterMistake) {
    guard source.utf8.count <= Self.lengthLimit else { throw .tooLong(limit: Self.lengthLimit) }
    do {
      let regex = try Regex(source).ignoresCase().matchingSemantics(.unicodeScalar)
      compiled = Compiled(regex)
    } catch {
      throw .notRegular(source, reason: "\(error)")
    }
    self.source = source
    automaton = PatternAutomaton(source)
  }

  /// Whether it asks for a stroke, as between a namespace and a name.
  var hasStroke: Bool { source.utf8.contains(UInt8(ascii: "/")) }

  package func matches(_ text: String) -> Bool {
    automaton?.matches(text) ?? ((try? compiled.regex.firstMatch(in: text)) != nil)
  }

  package static func == (left: Self, right: Self) -> Bool { left.source == right.source }

  package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Letters that a text has in their order, with others between them.
package struct FuzzyFilter: Hashable, Sendable {
  /// In small letters.
  private let letters: [UInt8]

  package init(_ text: String) { letters = text.utf8.map(TextFilter.folded) }

  package func matches(_ text: String) -> Bool {
    let span = text.utf8Span.span
    var found = 0
    for index in span.indices where found < letters.count {
      if TextFilter.folded(span[index]) == letters[found] { found += 1 }
    }
    return found == letters.count
  }
}
