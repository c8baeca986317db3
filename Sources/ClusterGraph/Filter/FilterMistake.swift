package import KubernetesObjects

/// Why what is typed is no filter.
package enum FilterMistake: Error, Equatable, Sendable {
  /// The list has no such column; `word` is what names it.
  case noColumn(String, word: String, nearest: String?, all: [String])
  case notRegular(String, reason: String)
  case tooLong(limit: Int)
  case selector(LabelSelectorMistake)
  /// Quotes that begin and do not end.
  case unclosedQuote
}

extension FilterMistake: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noColumn(let name, let word, let nearest?, _):
      "no column \(name); did you mean \(nearest):? \"\(word)\" looks for the text"
    case .noColumn(let name, let word, nil, let all):
      "no column \(name) here, but \(all.joined(separator: ", ")); \"\(word)\" looks for the text"
    case .notRegular(let source, let reason): "\(source) is no regular expression: \(reason)"
    case .tooLong(let limit): "a regular expression has \(limit) characters at most"
    case .selector(let mistake): "\(mistake)"
    case .unclosedQuote: "the quote does not end"
    }
  }
}
