import WireFormats

/// How a text is written in YAML so that it is read as the same text.
enum YAMLScalar {
  /// The text as it is where that is no other value, and else in quotes.
  static func text(_ text: String) -> String {
    if isPlain(text) { return text }
    let quoted = String(decoding: JSONValue.string(text).encoded(), as: UTF8.self)
    guard !quoted.unicodeScalars.allSatisfy(isPrintable) else { return quoted }
    // JSON lets some stand as they are that YAML does not.
    return quoted.unicodeScalars.reduce(into: "") { text, scalar in
      if isPrintable(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }

  /// The lines of a text that is written as it is beneath its key, and the sign that says so; `nil` where
  /// that cannot be.
  static func block(_ text: String) -> (sign: String, lines: [String])? {
    guard text.contains("\n"), let first = text.first(where: { $0 != "\n" }),
      first != " ", first != "\t",
      text.unicodeScalars.allSatisfy({ $0 == "\n" || $0 == "\t" || isPrintable($0) })
    else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.last == "" else { return ("|-", lines) }
    lines.removeLast()
    return (lines.last == "" ? "|+" : "|", lines)
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      text.unicodeScalars.allSatisfy(isPrintable), first != " ", last != " ", last != ":",
      !text.contains(": "), !text.contains(" #"), !words.contains(text.lowercased())
    else { return false }
    switch first {
    case "-", "?", ":": return text.count > 1 && text.dropFirst().first != " " && !isNumber(text)
    case "0"..."9", "+", ".": return !isNumber(text)
    case ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "~", "=",
      "<":
      return false
    default: return true
    }
  }

  /// What YAML, old or new, takes for something else than text.
  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "---", "...",
  ]

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x2028, 0x2029, 0xfeff: false
    default: true
    }
  }

  /// Whether YAML, old or new, takes a text for a number, or for a time.
  private static func isNumber(_ text: String) -> Bool {
    text.wholeMatch(of: #/[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?/#) != nil
      || text.wholeMatch(of: #/[-+]?0([xX][0-9a-fA-F_]+|[oO]?[0-7_]+|[bB][01_]+)/#) != nil
      || text.wholeMatch(of: #/[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?/#) != nil
      || text.wholeMatch(of: #/[-+]?\.(inf|Inf|INF|nan|NaN|NAN)/#) != nil
      || text.wholeMatch(of: #/[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?/#) != nil
  }
}
