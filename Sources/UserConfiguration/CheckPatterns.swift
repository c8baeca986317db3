package import Inspection
import NameMatching

/// Which checks a user means: patterns of their ids, of which those that begin with `!` exclude.
package struct CheckPatterns: Sendable {
  private var wanted: [NamePattern] = []
  private var unwanted: [NamePattern] = []

  /// Fails where a pattern is none, or means no check of `ids`.
  package init(_ texts: [String], among ids: [CheckID]) throws(UnknownCheck) {
    let names = ids.map(\.description)
    for text in texts {
      let isExclusion = text.hasPrefix("!")
      let pattern = NamePattern(isExclusion ? String(text.dropFirst()) : text)
      guard pattern.problem == nil, !pattern.matches(in: names).isEmpty else {
        throw UnknownCheck(pattern.text, problem: pattern.problem, among: ids)
      }
      if isExclusion { unwanted.append(pattern) } else { wanted.append(pattern) }
    }
  }

  /// Whether a check is meant; without a pattern that says which are, all are that none excludes.
  package func includes(_ id: CheckID) -> Bool {
    let name = id.description
    return (wanted.isEmpty || wanted.contains { $0.matches(name) })
      && !unwanted.contains { $0.matches(name) }
  }
}

/// A name or pattern that means no check.
package struct UnknownCheck: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ name: String, problem: String? = nil, among ids: [CheckID]) {
    let text = QuotedText.excerpt(name)
    if let problem {
      description = "\(text) is no id of a check: \(problem)."
      return
    }
    let hint =
      name.nearest(of: ids.map(\.description)).map { "did you mean \($0)?" }
      ?? "kpatrol checks lists all."
    description = "There is no check \(text); \(hint)"
  }
}
