import TerminalKit

/// Lines of text that are longer than the screen, and where in them the reader is.
struct ScrollingText: Sendable {
  struct Line: Sendable {
    var indent = 0
    var text: String
    var style = Style()
    /// Drawn before the text, on its first row.
    var label = ""

    init(_ text: String, style: Style = Style(), indent: Int = 0, label: String = "") {
      self.text = text
      self.style = style
      self.indent = indent
      self.label = label
    }
  }

  private(set) var offset = 0
  private var height = 1
  private var contentHeight = 0

  /// Takes in how much there is and how much room.
  mutating func update(contentHeight: Int, height: Int) {
    self.contentHeight = contentHeight
    self.height = height
    scroll(by: 0)
  }

  /// Moves the reader, but not past the ends.
  mutating func scroll(by rows: Int) {
    offset = max(0, min(offset + rows, contentHeight - height))
  }

  mutating func scroll(byPages pages: Int) { scroll(by: pages * max(1, height - 1)) }

  /// The rows that the lines take, each line wrapped beneath its own beginning.
  static func rows(
    of lines: [Line],
    width: Int
  ) -> [(label: String, text: DisplayText, column: Int, style: Style)] {
    lines.flatMap { line in
      let column = 2 + line.indent + (line.label.isEmpty ? 0 : DisplayText(line.label).width + 1)
      return DisplayText(line.text).wrapped(to: max(10, width - column - 1)).enumerated()
        .map { (index, text) in (index == 0 ? line.label : "", text, column, line.style) }
    }
  }

  func draw(_ lines: [Line], on canvas: inout Canvas, in region: Region) {
    let rows = Self.rows(of: lines, width: region.size.columns)
    for (index, row) in rows.dropFirst(offset).prefix(region.size.rows).enumerated() {
      let line = region.row + index
      if !row.label.isEmpty {
        let start = row.column - DisplayText(row.label).width - 1
        canvas.write(row.label, row: line, column: start, style: Style(.muted))
      }
      canvas.write(row.text, row: line, column: row.column, style: row.style)
    }
    let hidden = rows.count - offset - region.size.rows
    guard hidden > 0, let last = region.rows.last else { return }
    let note = " ↓ \(hidden) more "
    canvas.write(
      note,
      row: last,
      column: region.size.columns - DisplayText(note).width - 1,
      style: Style(.key, isReversed: true)
    )
  }
}
