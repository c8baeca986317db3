import NameMatching

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

  package init(_ source: String) throws(FilterMistake) {
    guard source.utf8.count <= Self.lengthLimit else { throw .tooLong(limit: Self.lengthLimit) }
    do {
      let regex = try Regex(source).ignoresCase().matchingSemantics(.unicodeScalar)
      compiled = Compiled(regex)
    } catch {
      throw .notRegular(source, reason: "\(error)")
    }
    self.source = source
  }

  package func matches(_ text: String) -> Bool {
    (try? compiled.regex.firstMatch(in: text)) != nil
  }

  package static func == (left: Self, right: Self) -> Bool { left.source == right.source }

  package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Letters that a text has in their order, with others between them.
package struct FuzzyFilter: Hashable, Sendable {
  private let text: String
  private let pattern: FuzzyPattern

  package init(_ text: String) {
    self.text = text
    pattern = FuzzyPattern(text)
  }

  package func matches(_ text: String) -> Bool { pattern.match(text) != nil }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
