import TerminalKit

/// The line above a list: its filter while it is typed and where it is kept, and how much it shows.
struct FilterLine: Hashable, Sendable {
  /// What a key came to.
  enum Outcome { case changed, ended, ignored }

  static let hints = [
    KeyHint(keys: ["enter"], label: "Keep the filter", help: "Ends typing"),
    KeyHint(keys: ["esc"], label: "Clear it", help: "Clears the filter"),
  ]

  private var field: TextField
  private(set) var isTyping = false

  init(_ text: String = "") { field = TextField(text) }

  var text: String { field.text }
  var isEmpty: Bool { text.isEmpty }
  /// Whether there is anything that escape clears.
  var usesEscape: Bool { isTyping || !isEmpty }

  mutating func begin() { isTyping = true }
  mutating func clear() { self = FilterLine() }

  /// Takes in a key while it is typed.
  mutating func type(_ key: Key) -> Outcome {
    switch key {
    case .enter:
      isTyping = false
      return .ended
    case .escape:
      clear()
      return .changed
    default: return field.handle(key) ? .changed : .ignored
    }
  }

  /// How many rows there are, and how many of them stand above those in sight.
  static func text(_ count: String, above: Int) -> String {
    above > 0 ? "↑ \(above)  \(count)" : count
  }

  /// Draws the filter, and at the end of the row `count`; answers where between them there is room.
  @discardableResult
  func draw(
    count: String,
    style: Style = Style(.muted),
    on canvas: inout Canvas,
    row: Int
  ) -> Range<Int> {
    let end = max(1, canvas.size.columns - DisplayText(count).width - 1)
    canvas.write(count, row: row, column: end, style: style)
    guard usesEscape else { return 1..<max(1, end - 1) }
    let column = canvas.write("/", row: row, column: 1, style: Style(.key, isBold: true))
    if isTyping {
      field.draw(on: &canvas, row: row, column: column, width: end - column - 1)
      return end..<end
    }
    let next = canvas.write(
      text,
      row: row,
      column: column,
      style: Style(.input),
      width: end - column
    )
    return next + 1..<max(next + 1, end - 1)
  }
}
