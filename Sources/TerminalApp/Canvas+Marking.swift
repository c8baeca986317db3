import TerminalKit

extension Canvas {
  /// Makes what is searched for stand out in a text that is written at a place.
  mutating func mark(
    _ wanted: String,
    in text: String,
    isCurrent: Bool,
    row: Int,
    column: Int
  ) {
    let (text, wanted) = (text.lowercased(), wanted.lowercased())
    guard !wanted.isEmpty else { return }
    var rest = text[...]
    while let found = rest.firstRange(of: wanted) {
      let start = DisplayText(String(text[..<found.lowerBound])).width
      let width = DisplayText(String(text[found])).width
      restyle(row: row, in: Region(row: row, column: column + start, columns: width, rows: 1)) {
        $0.role = isCurrent ? .selection : .key
        $0.isReversed = !isCurrent
      }
      rest = rest[found.upperBound...]
    }
  }
}
