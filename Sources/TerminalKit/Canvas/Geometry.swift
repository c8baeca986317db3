/// A size in cells.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A rectangle of cells; the origin is at the top left.
package struct Region: Hashable, Sendable {
  package var row: Int
  package var column: Int
  package var size: Size

  package init(row: Int, column: Int, columns: Int, rows: Int) {
    self.row = row
    self.column = column
    size = Size(columns: max(columns, 0), rows: max(rows, 0))
  }

  package var rows: Range<Int> { row..<row + size.rows }

  /// The region without `top` rows above and `bottom` rows below.
  package func inset(top: Int = 0, bottom: Int = 0, sides: Int = 0) -> Region {
    Region(
      row: row + top,
      column: column + sides,
      columns: size.columns - 2 * sides,
      rows: size.rows - top - bottom
    )
  }
}
