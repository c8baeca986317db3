/// What somebody else wrote, made fit for a message.
enum QuotedText {
  private static let limit = 1000

  /// The end of a text on one line, without anything that a terminal would obey.
  static func line(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    let line = String(text).split(separator: " ").joined(separator: " ")
    return line.count > limit ? "…" + line.suffix(limit).drop { $0 == " " } : line
  }
}
