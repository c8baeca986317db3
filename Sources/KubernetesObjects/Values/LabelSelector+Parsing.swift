/// Why a text selects no labels.
package enum LabelSelectorMistake: Error, Equatable, Sendable {
  /// What stands between two commas is no requirement.
  case notUnderstood(String)
  case unclosedParenthesis(String)
}

extension LabelSelectorMistake: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUnderstood(let text):
      "\(text) selects no labels; write app=cart, app!=cart, app, !app or app in (cart,web)"
    case .unclosedParenthesis(let text): "\(text) lacks its )"
    }
  }
}

extension LabelSelector {
  /// Reads a selector as `kubectl -l` takes it: `app=cart,tier in (web,api),!canary`.
  package init(parsing text: String) throws(LabelSelectorMistake) {
    self.init()
    for part in try Self.requirements(of: text) { try add(part) }
  }

  /// What stands between the commas that are in no parentheses.
  private static func requirements(of text: String) throws(LabelSelectorMistake) -> [String] {
    var parts = [""]
    var isInside = false
    for character in text {
      switch character {
      case "(": isInside = true
      case ")": isInside = false
      default: break
      }
      if character == ",", !isInside {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    guard !isInside else { throw .unclosedParenthesis(parts[parts.count - 1]) }
    return parts
  }

  private mutating func add(_ text: String) throws(LabelSelectorMistake) {
    if let parenthesis = text.firstIndex(of: "("), text.last(where: { $0 != " " }) == ")" {
      let words = text[..<parenthesis].split(separator: " ")
      guard words.count == 2, let key = Self.key(words[0]) else { throw .notUnderstood(text) }
      let values = text[parenthesis...].dropFirst().prefix { $0 != ")" }
        .split(separator: ",").map { String($0.filter { $0 != " " }) }
      switch words[1] {
      case "in": matchExpressions.append(.isOneOf(key: key, values: values))
      case "notin": matchExpressions.append(.isNoneOf(key: key, values: values))
      default: throw .notUnderstood(text)
      }
      return
    }
    if let operation = text.firstRange(of: #/\s*(!=|==|=)\s*/#) {
      guard let key = Self.key(Self.trimmed(text[..<operation.lowerBound])),
        let value = Self.value(Self.trimmed(text[operation.upperBound...]))
      else { throw .notUnderstood(text) }
      if text[operation].contains("!") {
        matchExpressions.append(.isNoneOf(key: key, values: [value]))
      } else if let other = matchLabels[key], other != value {
        // Nothing has a label twice.
        matchExpressions.append(.isOneOf(key: key, values: [value]))
      } else {
        matchLabels[key] = value
      }
      return
    }
    let word = Self.trimmed(text[...])
    if word.hasPrefix("!"), let key = Self.key(word.dropFirst()) {
      matchExpressions.append(.doesNotExist(key: key))
    } else if let key = Self.key(word) {
      matchExpressions.append(.exists(key: key))
    } else {
      throw .notUnderstood(text)
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start[..<(start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex)]
  }

  /// A label's key: `app`, `app.kubernetes.io/name`.
  private static func key(_ text: Substring) -> String? {
    text.wholeMatch(of: #/([a-zA-Z0-9.-]+\/)?[a-zA-Z0-9._-]+/#) == nil ? nil : String(text)
  }

  private static func value(_ text: Substring) -> String? {
    text.wholeMatch(of: #/[a-zA-Z0-9._-]*/#) == nil ? nil : String(text)
  }
}

extension LabelSelector {
  /// Puts the words of selectors together again: `env in (a,b)`, `app = cart`, `app=a, env=b`.
  package static func joining(_ words: [String]) -> [String] {
    var joined: [String] = []
    for word in words {
      let operations = ["in", "notin", "=", "==", "!="]
      let isOperation =
        operations.contains(word) || word.hasPrefix("in(")
        || word.hasPrefix("notin(")
      let goesOn =
        joined.last.map { last in
          last.hasSuffix(",") || operations.contains { last.hasSuffix(" \($0)") }
        } ?? false
      let last = joined.last ?? "@"
      let isName = !last.hasPrefix("@") && !last.hasPrefix("/") && !last.hasPrefix("-")
      if goesOn || isName && (isOperation || word.hasPrefix(",")) {
        joined[joined.count - 1] += " " + word
      } else {
        joined.append(word)
      }
    }
    return joined
  }
}
