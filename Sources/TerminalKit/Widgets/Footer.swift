/// The last row of a screen: its keys.
package enum Footer {
  package static func draw(_ hints: [KeyHint], on canvas: inout Canvas) {
    let row = canvas.size.rows - 1
    for (key, label, columns) in layout(of: hints, width: canvas.size.columns) {
      let end = canvas.write(
        key,
        row: row,
        column: columns.lowerBound,
        style: Style(.key, isBold: true)
      )
      canvas.write(" \(label)  ", row: row, column: end, style: Style(.muted))
    }
  }

  /// The key that a click on a column stands for; `nil` where none is shown.
  package static func key(at column: Int, of hints: [KeyHint], width: Int) -> Key? {
    layout(of: hints, width: width).first { $0.columns.contains(column) }
      .map { Key(stringLiteral: $0.key) }
  }

  private static func layout(
    of hints: [KeyHint],
    width: Int
  ) -> [(key: String, label: String, columns: Range<Int>)] {
    let hints = hints.filter { !$0.label.isEmpty && !$0.keys.isEmpty }
    var reserved = hints.filter(\.isAlwaysShown).reduce(0) { $0 + columns(of: $1) + 2 }
    var shown: [(key: String, label: String, columns: Range<Int>)] = []
    var column = 1
    var isFull = false
    for hint in hints {
      guard let key = hint.keys.first else { continue }
      let end = column + columns(of: hint)
      if hint.isAlwaysShown { reserved -= columns(of: hint) + 2 }
      // A key without its word would be a riddle: what does not fit whole is left to the help.
      isFull = isFull || end + reserved > width
      guard hint.isAlwaysShown ? end <= width : !isFull else { continue }
      shown.append((key, hint.label, column..<end))
      column = end + 2
    }
    return shown
  }

  private static func columns(of hint: KeyHint) -> Int {
    DisplayText("\(hint.keys.first ?? "") \(hint.label)").width
  }
}
