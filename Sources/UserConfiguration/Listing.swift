package import NameMatching

/// How the objects of a kind are asked for at first.
package enum Listing: String, Sendable, CaseIterable {
  case whole
  case pages
  case stream
}

/// Which ``Listing`` holds for which context.
package struct ListingRules: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  package struct Rule: Sendable, Equatable {
    package let contexts: NamePattern
    package let listing: Listing
  }

  /// In the order of the file.
  package private(set) var rules: [Rule] = []

  /// Without rules, every context is listed whole.
  package init(dictionaryLiteral rules: (NamePattern, Listing)...) {
    for (contexts, listing) in rules { add(listing, for: contexts) }
  }

  mutating func add(_ listing: Listing, for contexts: NamePattern) {
    rules.append(Rule(contexts: contexts, listing: listing))
  }

  /// What the first rule says that means the context.
  package func listing(of context: String) -> Listing {
    rules.first { $0.contexts.matches(context) }?.listing ?? .whole
  }

  /// What holds for all contexts; `nil` where it depends.
  var common: Listing? {
    guard let first = rules.first else { return .whole }
    return first.contexts.text == "*" ? first.listing : nil
  }
}
