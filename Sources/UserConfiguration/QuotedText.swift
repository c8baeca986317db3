/// Text of a file on its way to a terminal or into a file.
package enum QuotedText {
  /// The longest text that is repeated in a sentence, in characters.
  private static let repeated = 60

  /// The text in YAML's double quotes, so that nothing in it can act on a terminal.
  package static func quoted(_ text: String) -> String {
    "\"" + escaped(text.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#)) + "\""
  }

  /// The text with `\u` for what a terminal might act on (YAML 1.2 §5.7).
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = digits.count <= 4 ? 4 : 8
        let zeros = String(repeating: "0", count: width - digits.count)
        escaped += (width == 4 ? #"\u"# : #"\U"#) + zeros + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// What a sentence repeats of the text: its beginning, where it is long.
  package static func excerpt(_ text: String) -> String {
    text.count <= repeated ? quoted(text) : quoted(String(text.prefix(repeated))) + "…"
  }
}
