package import KubernetesObjects

/// What a list is narrowed to: terms that must all hold of a row.
package struct FilterExpression: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    /// The only column that is looked at; `nil` for all that words are looked for in.
    package let column: String?
    /// Whether rows are wanted of which the test does not hold.
    package let isInverse: Bool
    package let test: FilterTest

    package init(_ test: FilterTest, column: String? = nil, isInverse: Bool = false) {
      self.test = test
      self.column = column
      self.isInverse = isInverse
    }

    /// Whether all rows of which this holds are among those of which `other` does.
    func narrows(_ other: Term) -> Bool {
      guard column == other.column, isInverse == other.isInverse else { return false }
      if test == other.test { return true }
      guard case .text(let text) = test, case .text(let otherText) = other.test else {
        return false
      }
      return isInverse ? otherText.narrows(text) : text.narrows(otherText)
    }
  }

  package private(set) var terms: [Term]

  package init(_ terms: [Term] = []) { self.terms = terms }

  /// Looks for one text wherever words are looked for.
  package init(text: String) { self.init(text.isEmpty ? [] : [Term(FilterTest(text))]) }

  package var isEmpty: Bool { terms.isEmpty }

  /// Whether all that this lets through, `other` lets through too.
  func narrows(_ other: FilterExpression) -> Bool {
    other.terms.allSatisfy { old in terms.contains { $0.narrows(old) } }
  }

  package func mentions(column: String) -> Bool { terms.contains { $0.column == column } }

  /// Whether all terms hold, each as `holds` says for its test and its column.
  package func matches(_ holds: (FilterTest, _ column: String?) -> Bool) -> Bool {
    terms.allSatisfy { holds($0.test, $0.column) != $0.isInverse }
  }

  /// The same for rows that all have one text in a column: what holds is left out, and where
  /// something does not, nothing is let through.
  package func resolving(column: String, as text: String) -> FilterExpression {
    guard mentions(column: column) else { return self }
    var resolved = FilterExpression(terms.filter { $0.column != column })
    let holds = FilterExpression(terms.filter { $0.column == column })
      .matches { test, _ in test.matches(text) }
    if !holds { resolved.terms.append(Term(.nothing)) }
    return resolved
  }
}

/// What a term of a filter asks of a text.
package enum FilterTest: Hashable, Sendable {
  /// The text occurs in it.
  case text(TextFilter)
  /// The same with letters beyond ASCII; in small letters.
  case word(String)
  /// It is this, whatever its case; in small letters.
  case whole(String)
  case pattern(FilterPattern)
  case fuzzy(FuzzyFilter)
  case labels(LabelSelector)
  /// Nothing holds it.
  case nothing

  package init(_ text: String) {
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
    self = isPlain ? .text(TextFilter(text)) : .word(text.lowercased())
  }

  package func matches(_ text: String) -> Bool {
    switch self {
    case .text(let filter): filter.matches(text)
    case .word(let word): text.lowercased().contains(word)
    case .whole(let whole): text.lowercased() == whole
    case .pattern(let pattern): pattern.matches(text)
    case .fuzzy(let filter): filter.matches(text)
    case .labels, .nothing: false
    }
  }

  package func matches(_ labels: Labels) -> Bool {
    switch self {
    case .labels(let selector): selector.matches(labels)
    case .text(let filter): filter.matches(labels)
    case .nothing: false
    case .word, .whole, .pattern, .fuzzy:
      labels.all.contains { matches($0.key) || matches($0.value) }
    }
  }
}
