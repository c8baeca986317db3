/// A grid of cells that screens draw on; a terminal shows it, a test reads its lines.
package struct Canvas: Sendable, Equatable {
  package struct Cell: Hashable, Sendable {
    /// One character, or empty in the second column of a wide one.
    package var text = " "
    package var style = Style()
  }

  package let size: Size
  private var cells: [Cell]

  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: max(0, size.columns * size.rows))
  }

  /// The whole canvas.
  package var region: Region {
    Region(row: 0, column: 0, columns: size.columns, rows: size.rows)
  }

  package subscript(row: Int, column: Int) -> Cell { cells[row * size.columns + column] }

  /// Tells the cells that differ from those of an older canvas; all of them where that has another
  /// size.
  ///
  /// A wide character is told with its first column, and its second with no text.
  package func forEachChange(
    since old: Canvas?,
    _ body: (_ row: Int, _ column: Int, _ cell: Cell) -> Void
  ) {
    let old = old?.size == size ? old : nil
    for index in cells.indices where old?.cells[index] != cells[index] {
      body(index / size.columns, index % size.columns, cells[index])
    }
  }

  /// The text of each row, spaces at the end left out.
  package var lines: [String] {
    (0..<size.rows).map { row in
      let text = (0..<size.columns).map { self[row, $0].text }.joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Writes text on one row and gives the column after it; what does not fit is left out.
  @discardableResult
  package mutating func write(
    _ text: String,
    row: Int,
    column: Int,
    style: Style = Style(),
    width: Int = .max
  ) -> Int {
    write(DisplayText(text), row: row, column: column, style: style, width: width)
  }

  @discardableResult
  package mutating func write(
    _ text: DisplayText,
    row: Int,
    column: Int,
    style: Style = Style(),
    width: Int = .max
  ) -> Int {
    guard (0..<size.rows).contains(row) else { return column }
    let limit = min(size.columns, width == .max ? .max : column + width)
    var column = column
    for glyph in text.glyphs {
      guard column + glyph.width <= limit else { break }
      if column >= 0 {
        clearWide(row, column)
        cells[row * size.columns + column] = Cell(text: glyph.text, style: style)
        if glyph.width == 2 {
          clearWide(row, column + 1)
          cells[row * size.columns + column + 1] = Cell(text: "", style: style)
        }
      }
      column += glyph.width
    }
    return column
  }

  /// Fills a region with spaces of a style.
  package mutating func fill(_ region: Region, style: Style = Style()) {
    for row in region.rows where (0..<size.rows).contains(row) {
      for column in max(0, region.column)..<min(size.columns, region.column + region.size.columns) {
        cells[row * size.columns + column] = Cell(text: " ", style: style)
      }
    }
  }

  /// Gives the cells of a row another style and leaves their text.
  package mutating func restyle(row: Int, in region: Region, _ change: (inout Style) -> Void) {
    guard (0..<size.rows).contains(row) else { return }
    for column in max(0, region.column)..<min(size.columns, region.column + region.size.columns) {
      change(&cells[row * size.columns + column].style)
    }
  }

  /// Draws a horizontal line.
  package mutating func drawLine(row: Int, in region: Region, style: Style = Style(.border)) {
    write(
      String(repeating: "─", count: region.size.columns),
      row: row,
      column: region.column,
      style: style
    )
  }

  /// Blanks the other half of a wide character that is about to be overwritten.
  private mutating func clearWide(_ row: Int, _ column: Int) {
    let index = row * size.columns + column
    if cells[index].text.isEmpty, column > 0 { cells[index - 1].text = " " }
    if column + 1 < size.columns, cells[index + 1].text.isEmpty { cells[index + 1].text = " " }
  }
}
