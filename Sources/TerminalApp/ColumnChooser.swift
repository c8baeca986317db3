import TerminalKit

/// The columns of a list, over the list, to choose from which are shown.
struct ColumnChooser: Sendable {
  /// A column that there is, and whether it is shown where nobody said anything.
  struct Column: Sendable, Equatable {
    let title: String
    let byDefault: Bool
  }

  enum Outcome { case changed, left, stays }

  static let hints = [
    KeyHint(keys: ["space"], label: "Show or hide", help: "Shows the column, or hides it"),
    KeyHint(keys: ["*"], label: "As at first", help: "Shows the columns that are shown at first"),
    KeyHint(keys: ["enter", "esc"], label: "Done", help: "Goes back to the list"),
  ]

  private let columns: [Column]
  private(set) var choice: ColumnChoice
  private var index = 0

  init(_ columns: [Column], _ choice: ColumnChoice) {
    self.columns = columns
    self.choice = choice
  }

  mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case "j", .down: index = min(index + 1, columns.count - 1)
    case "k", .up: index = max(index - 1, 0)
    case "space":
      guard columns.indices.contains(index) else { return .stays }
      choice.toggle(columns[index].title, byDefault: columns[index].byDefault)
      return .changed
    case "*":
      choice = ColumnChoice()
      return .changed
    case .enter, .escape, "|", "q": return .left
    default: break
    }
    return .stays
  }

  /// Draws over the right of a region.
  func draw(on canvas: inout Canvas, in region: Region) {
    let widest = columns.map { DisplayText($0.title).width }.max() ?? 0
    let width = min(region.size.columns, max(20, widest + 8))
    let height = min(region.size.rows, columns.count + 2)
    let left = region.column + region.size.columns - width
    let box = Region(row: region.row, column: left, columns: width, rows: height)
    for row in box.rows {
      // Written, and not filled, so that no half of a wide character stays beside it.
      canvas.write(String(repeating: " ", count: width), row: row, column: left)
    }
    canvas.drawLine(row: region.row, in: box)
    let title = Style(.title, isBold: true)
    canvas.write(" Columns ", row: region.row, column: left + 2, style: title)
    let room = height - 2
    let first = max(0, index - room + 1)
    for (place, column) in columns.enumerated().dropFirst(first).prefix(room) {
      let row = region.row + 1 + place - first
      let isShown = choice.shows(column.title, byDefault: column.byDefault)
      if place == index { canvas.write(">", row: row, column: left + 1, style: Style(.key)) }
      canvas.write(isShown ? "✓" : " ", row: row, column: left + 3, style: Style(.success))
      let name = DisplayText(column.title).cutInMiddle(to: width - 7)
      canvas.write(name, row: row, column: left + 5, style: Style(isShown ? .text : .muted))
      guard place == index else { continue }
      canvas.restyle(row: row, in: box) { $0.role = .selection }
    }
    canvas.drawLine(row: region.row + height - 1, in: box)
  }
}
