import WireFormats

/// Which objects a `labelSelector` parameter or a selector in a spec means.
struct LabelSelector: Sendable, Equatable {
  enum Requirement: Sendable, Equatable {
    case isIn(String, Set<String>)
    case isNotIn(String, Set<String>)
    case exists(String)
    case isAbsent(String)
  }

  var requirements: [Requirement] = []

  func matches(_ labels: JSONValue) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .isIn(let key, let values): labels[key]?.stringValue.map(values.contains) ?? false
      case .isNotIn(let key, let values):
        !(labels[key]?.stringValue.map(values.contains) ?? false)
      case .exists(let key): labels[key] != nil
      case .isAbsent(let key): labels[key] == nil
      }
    }
  }

  /// Reads a selector of a spec: `matchLabels` and `matchExpressions`.
  init(spec: JSONValue?) {
    for (key, value) in (spec?["matchLabels"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
      requirements.append(.isIn(key, [value.stringValue ?? ""]))
    }
    for expression in spec?["matchExpressions"]?.arrayValue ?? [] {
      let key = expression["key"]?.stringValue ?? ""
      let values = Set((expression["values"]?.arrayValue ?? []).compactMap(\.stringValue))
      switch expression["operator"]?.stringValue {
      case "In": requirements.append(.isIn(key, values))
      case "NotIn": requirements.append(.isNotIn(key, values))
      case "Exists": requirements.append(.exists(key))
      case "DoesNotExist": requirements.append(.isAbsent(key))
      default: break
      }
    }
  }

  /// Reads the text of the parameter: `app=cart,tier!=web,zone in (a,b),!gone`.
  init(parsing text: String) throws(APIFailure) {
    for part in Self.split(text) {
      requirements.append(try Self.requirement(part))
    }
  }

  /// Splits at commas outside of parentheses.
  private static func split(_ text: String) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  private static func requirement(_ text: String) throws(APIFailure) -> Requirement {
    if let (key, values) = try set(text, " notin ") { return .isNotIn(key, values) }
    if let (key, values) = try set(text, " in ") { return .isIn(key, values) }
    for (sign, isNegated) in [("!=", true), ("==", false), ("=", false)] {
      guard let (key, value) = cut(text, at: sign) else { continue }
      guard !key.isEmpty else {
        throw .badRequest("found '\(sign)', expected: !, identifier, or 'end of string'")
      }
      guard value.allSatisfy({ $0 != "=" && $0 != "!" }) else {
        throw .badRequest("found '\(sign)', expected: identifier")
      }
      return isNegated ? .isNotIn(key, [value]) : .isIn(key, [value])
    }
    if text.hasPrefix("!") { return .isAbsent(trimmed(String(text.dropFirst()))) }
    guard !text.contains(" ") else {
      throw .badRequest(
        "unable to parse requirement: found '\(text)', expected: in, notin, =, ==, !=, gt, lt"
      )
    }
    return .exists(text)
  }

  private static func set(
    _ text: String,
    _ word: String
  ) throws(APIFailure) -> (String, Set<String>)? {
    guard let (key, rest) = cut(text, at: word) else { return nil }
    guard rest.hasPrefix("("), rest.hasSuffix(")") else {
      throw .badRequest("unable to parse requirement: found '\(rest)', expected: '('")
    }
    let values = rest.dropFirst().dropLast().split(separator: ",").map { trimmed(String($0)) }
    return (key, Set(values))
  }

  private static func cut(_ text: String, at separator: String) -> (String, String)? {
    guard let range = text.firstRange(of: separator) else { return nil }
    return (
      trimmed(String(text[..<range.lowerBound])), trimmed(String(text[range.upperBound...]))
    )
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
