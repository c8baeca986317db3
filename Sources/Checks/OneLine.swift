/// Text of others within a sentence of ours.
extension StringProtocol {
  /// The text in one line, without what controls a terminal, and cut where it goes on for long.
  var inOneLine: String {
    let limit = 240
    var line = ""
    var length = 0
    for scalar in unicodeScalars {
      guard length < limit else { return line + "…" }
      let isControl = scalar.properties.generalCategory == .control
      line.unicodeScalars.append(isControl ? " " : scalar)
      length += 1
    }
    return line
  }
}
