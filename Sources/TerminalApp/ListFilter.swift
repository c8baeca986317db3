import ClusterGraph
import TerminalKit

/// A list's filter: what is typed, and what it means.
///
/// While what is typed means nothing, what it meant last holds, and the line says what is wrong.
struct ListFilter: Sendable {
  /// What may be typed, for the help of each list.
  static let help =
    "Filters by words, regular expressions, !not, column:word, -l labels, -f letters in order"

  private var line: FilterLine
  private let columns: [FilterColumn]
  private(set) var expression = FilterExpression()
  private(set) var mistake: FilterMistake?

  init(_ text: String = "", columns: [FilterColumn]) {
    line = FilterLine(text)
    self.columns = columns
    read()
  }

  var text: String { line.text }
  /// Whether nothing is filtered away.
  var isEmpty: Bool { expression.isEmpty }
  var isTyping: Bool { line.isTyping }
  var usesEscape: Bool { line.usesEscape }

  mutating func begin() { line.begin() }

  mutating func clear() {
    line.clear()
    read()
  }

  mutating func set(_ text: String) {
    line = FilterLine(text)
    read()
  }

  /// Takes in a key while it is typed.
  mutating func type(_ key: Key) -> FilterLine.Outcome {
    let outcome = line.type(key)
    if outcome == .changed { read() }
    return outcome
  }

  private mutating func read() {
    do {
      expression = try FilterExpression(parsing: line.text, columns: columns)
      mistake = nil
    } catch {
      mistake = error
    }
  }

  /// Draws the filter, and at the end of the row `count` or what is wrong; answers where between
  /// them there is room.
  @discardableResult
  func draw(count: String, on canvas: inout Canvas, row: Int) -> Range<Int> {
    guard let mistake else { return line.draw(count: count, on: &canvas, row: row) }
    let room = canvas.size.columns - DisplayText(text).width - 6
    let sentence = DisplayText("\(mistake)").cutAtEnd(to: max(20, room)).string
    return line.draw(count: sentence, style: Style(.warning), on: &canvas, row: row)
  }
}
