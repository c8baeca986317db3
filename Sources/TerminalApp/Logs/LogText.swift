import Monitoring

/// The text of a log's line as it may be shown: colours are dropped, what else controls terminals is made visible.
enum LogText {
  /// From how many of a hundred characters on that are no text a line is taken for none.
  private static let binaryPercent = 30
  private static let tabWidth = 8

  static func shown(_ entry: LogEntry) -> String {
    let text = cleaned(entry.text)
    guard entry.omittedBytes > 0 else { return text }
    return "\(text)… (\(ByteCount.text(UInt64(entry.omittedBytes))) more are not kept)"
  }

  /// Drops sequences for terminals, widens tabs, and shows other control characters as their pictures.
  static func cleaned(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    let scalars = Array(text.unicodeScalars)
    let strange = scalars.count { isStrange($0) }
    if strange * 100 > scalars.count * binaryPercent {
      return "(no text: \(ByteCount.text(UInt64(text.utf8.count))))"
    }
    var cleaned = String.UnicodeScalarView()
    var column = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\u{1b}", let end = endOfSequence(scalars, from: index) {
        index = end
        continue
      }
      if scalar == "\t" {
        let spaces = tabWidth - column % tabWidth
        cleaned.append(contentsOf: String(repeating: " ", count: spaces).unicodeScalars)
        column += spaces
      } else {
        cleaned.append(picture(of: scalar) ?? scalar)
        column += 1
      }
      index += 1
    }
    return String(cleaned)
  }

  /// Whether a character is none of text: those of bytes that are no UTF-8, and nearly all controls.
  private static func isStrange(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0d, 0x1b: false
    case 0..<0x20, 0x7f..<0xa0, 0xfffd: true
    default: false
    }
  }

  /// Where a sequence that begins with an escape ends (ECMA-48); `nil` where it is none.
  private static func endOfSequence(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    guard start + 1 < scalars.count else { return nil }
    switch scalars[start + 1] {
    case "[":
      return scalars[(start + 2)...].firstIndex { (0x40...0x7e).contains($0.value) }
        .map { $0 + 1 }
    case "]":
      // A title or a link; it ends with a bell or with an escape and a backslash.
      guard
        let end = scalars[(start + 2)...]
          .firstIndex(where: { $0 == "\u{07}" || $0 == "\u{1b}" })
      else { return nil }
      return scalars[end] == "\u{07}" ? end + 1 : min(end + 2, scalars.count)
    default: return nil
    }
  }

  /// The picture of a control character, as U+241B of an escape.
  private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
    case 0x7f: "\u{2421}"
    default: nil
    }
  }
}
