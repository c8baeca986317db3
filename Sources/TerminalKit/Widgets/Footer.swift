/// The last row of a screen: its keys.
package enum Footer {
  package static func draw(_ hints: [KeyHint], on canvas: inout Canvas) {
    var column = 1
    let row = canvas.size.rows - 1
    for hint in hints where !hint.label.isEmpty {
      guard let key = hint.keys.first else { continue }
      let width = DisplayText("\(key) \(hint.label)").width
      // A key without its word would be a riddle: what does not fit whole is left to the help.
      guard column + width <= canvas.size.columns else { break }
      column = canvas.write(key, row: row, column: column, style: Style(.key, isBold: true))
      column = canvas.write(" \(hint.label)  ", row: row, column: column, style: Style(.muted))
    }
  }
}
