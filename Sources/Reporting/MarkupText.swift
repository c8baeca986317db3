/// Text of a cluster as XML and HTML may hold it, in attributes too.
enum MarkupText {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n": escaped += "&#10;"
      default: escaped += PlainText.of(String(scalar))
      }
    }
    return escaped
  }
}
