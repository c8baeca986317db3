import TerminalKit

/// Lines of text that are longer than the screen, and where in them the reader is.
struct ScrollingText: Sendable {
  struct Line: Sendable {
    var indent = 0
    var text: String
    var style = Style()
    /// Drawn before the text, on its first row.
    var label = ""
    /// The key that does the same as a click on it.
    var key: Key?
    /// Whether it is a shell command, which is broken where a shell lets it be.
    var isCommand = false

    init(
      _ text: String,
      style: Style = Style(),
      indent: Int = 0,
      label: String = "",
      key: Key? = nil
    ) {
      self.text = text
      self.style = style
      self.indent = indent
      self.label = label
      self.key = key
    }

    /// A command that can be copied from the screen.
    static func command(_ text: String, indent: Int) -> Line {
      var line = Line(text, style: Style(.info), indent: indent)
      line.isCommand = true
      return line
    }
  }

  /// One row of the screen.
  struct Row: Sendable, Equatable {
    let label: String
    let text: DisplayText
    let column: Int
    let style: Style
    let key: Key?
  }

  /// Longer lines than this are hard to read, however wide the terminal is.
  static let readableWidth = 100

  private(set) var offset = 0
  private var height = 1
  private var contentHeight = 0
  /// The row that was brought to the top, though less than a screen follows it.
  private var broughtRow = 0

  /// Takes in how much there is and how much room.
  mutating func update(contentHeight: Int, height: Int) {
    self.contentHeight = contentHeight
    self.height = height
    scroll(by: 0)
  }

  /// Moves the reader, but not past the ends.
  mutating func scroll(by rows: Int) {
    if rows < 0 { broughtRow = max(0, min(broughtRow, offset + rows)) }
    let last = max(contentHeight - height, min(broughtRow, contentHeight - 1))
    offset = max(0, min(offset + rows, last))
  }

  /// Brings a row to the top, whatever follows it.
  mutating func bring(row: Int) {
    broughtRow = row
    offset = row
    scroll(by: 0)
  }

  mutating func scroll(byPages pages: Int) { scroll(by: pages * max(1, height - 1)) }

  /// The rows that the lines take, each line wrapped beneath its own beginning.
  static func rows(of lines: [Line], width: Int) -> [Row] {
    let width = min(width, readableWidth)
    return lines.flatMap { line in
      let column = 2 + line.indent + (line.label.isEmpty ? 0 : DisplayText(line.label).width + 1)
      let room = max(10, width - column - 1)
      let texts =
        line.isCommand
        ? ShellCommand.lines(of: line.text, width: room).map { DisplayText($0) }
        : DisplayText(line.text).wrapped(to: room)
      return texts.enumerated().map { index, text in
        Row(
          label: index == 0 ? line.label : "",
          text: text,
          column: column,
          style: line.style,
          key: line.key
        )
      }
    }
  }

  /// The key that a click on a row of the region stands for.
  func key(of rows: [Row], at row: Int, in region: Region) -> Key? {
    let index = row - region.row + offset
    return region.rows.contains(row) && rows.indices.contains(index) ? rows[index].key : nil
  }

  func draw(_ lines: [Line], on canvas: inout Canvas, in region: Region) {
    draw(Self.rows(of: lines, width: region.size.columns), on: &canvas, in: region)
  }

  func draw(_ rows: [Row], on canvas: inout Canvas, in region: Region) {
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
