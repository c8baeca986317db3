/// Lines of numbers over time, drawn with the eight dots that a character of braille has.
package struct BrailleChart: Sendable {
  /// One line: a value for each moment, oldest first; `nil` where there was none.
  package struct Series: Sendable {
    package let values: [Double?]
    package let style: Style

    package init(_ values: [Double?], _ style: Style) {
      self.values = values
      self.style = style
    }
  }

  private let series: [Series]
  private let maximum: Double
  /// How many moments the whole width stands for.
  private let span: Int

  /// Where several lines meet, the first one's colour is seen.
  package init(_ series: [Series], maximum: Double, span: Int) {
    self.series = series
    self.maximum = maximum
    self.span = max(2, span)
  }

  package func draw(on canvas: inout Canvas, in region: Region) {
    let (columns, rows) = (region.size.columns, region.size.rows)
    guard columns > 0, rows > 0 else { return }
    var cells = [(dots: UInt32, style: Style)](
      repeating: (0, Style()),
      count: columns * rows
    )
    for line in series.reversed() {
      var last: Int?
      for x in 0..<columns * 2 {
        guard let value = value(of: line, atDot: x, of: columns * 2) else {
          last = nil
          continue
        }
        let share = maximum > 0 ? max(0, min(1, value / maximum)) : 0
        let y = Int((share * Double(rows * 4 - 1)).rounded())
        // From where the line was to where it is, so that it has no gaps where it is steep.
        for dot in min(last ?? y, y)...max(last ?? y, y) {
          let row = rows - 1 - dot / 4
          cells[row * columns + x / 2].dots |= Self.bit(x % 2, 3 - dot % 4)
          cells[row * columns + x / 2].style = line.style
        }
        last = y
      }
    }
    for (index, cell) in cells.enumerated() where cell.dots != 0 {
      guard let scalar = Unicode.Scalar(0x2800 + cell.dots) else { continue }
      canvas.write(
        String(Character(scalar)),
        row: region.row + index / columns,
        column: region.column + index % columns,
        style: cell.style
      )
    }
  }

  /// The greatest value of the moments that a column of dots stands for; the newest is at the right.
  private func value(of line: Series, atDot x: Int, of dots: Int) -> Double? {
    let missing = span - line.values.count
    let first = x * span / dots - missing
    let end = max(first + 1, (x + 1) * span / dots - missing)
    let range = (first..<end).clamped(to: line.values.indices)
    return line.values[range].compactMap(\.self).max()
  }

  /// The dot of a cell, counted from the left and from above (Unicode, Braille Patterns).
  private static func bit(_ column: Int, _ row: Int) -> UInt32 {
    let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    return bits[column][row]
  }
}
