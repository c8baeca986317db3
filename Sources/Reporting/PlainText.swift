/// Text of a cluster as a terminal may be given it: no control character goes through.
package enum PlainText {
  package static func of(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        plain.unicodeScalars.append("\u{FFFD}")
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}
