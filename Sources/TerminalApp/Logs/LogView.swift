import Monitoring
import TerminalKit

/// A log on the screen: its lines, and where in them the reader is.
struct LogView: Sendable {
  private var buffer = LogBuffer()
  var layout = LogLayout()
  /// The first line in sight, and how many of its rows are above.
  private var top = (line: 0, row: 0)
  private var rows = 20
  /// The line that was found last.
  private var match: Int?
  /// Whether the end stays in sight while lines come.
  var sticksToEnd = true {
    didSet { if !sticksToEnd, oldValue { top = topOfEnd } }
  }

  /// How far long lines are shifted at once.
  private static let shiftStep = 20

  var isEmpty: Bool { buffer.lines.isEmpty }
  var droppedCount: Int { buffer.droppedCount }
  var savedLines: [String] { buffer.lines.map(layout.saved) }

  mutating func resize(_ size: Size) {
    layout.width = size.columns - 1
    rows = size.rows
  }

  mutating func add(_ entries: [LogEntry], from sources: [LogSource]) {
    layout.setSources(sources)
    let shift = buffer.add(entries)
    top.line = shift.place(of: top.line)
    match = match.map(shift.place)
  }

  mutating func clear() {
    buffer.clear()
    top = (0, 0)
    match = nil
  }

  // MARK: - Moving

  /// The first row in sight when the last line is.
  private var topOfEnd: (line: Int, row: Int) {
    var place = (line: buffer.lines.count, row: 0)
    var room = rows
    while room > 0, place.line > 0 {
      place.line -= 1
      let height = layout.height(of: buffer.lines[place.line])
      place.row = max(0, height - room)
      room -= height
    }
    return place
  }

  private var start: (line: Int, row: Int) {
    let end = topOfEnd
    return sticksToEnd || (top.line, top.row) > (end.line, end.row) ? end : top
  }

  /// Moves the reader; who moves up stays there, and who comes to the end stays at the end.
  mutating func scroll(by count: Int) {
    var place = start
    var rest = count
    while rest < 0, place.line > 0 || place.row > 0 {
      if place.row > 0 {
        place.row -= 1
      } else {
        place.line -= 1
        place.row = layout.height(of: buffer.lines[place.line]) - 1
      }
      rest += 1
    }
    while rest > 0, place.line < buffer.lines.count {
      if place.row + 1 < layout.height(of: buffer.lines[place.line]) {
        place.row += 1
      } else {
        place = (place.line + 1, 0)
      }
      rest -= 1
    }
    let end = topOfEnd
    let isAtEnd = (place.line, place.row) >= (end.line, end.row)
    sticksToEnd = isAtEnd && (count > 0 || sticksToEnd)
    top = isAtEnd ? end : place
  }

  mutating func scroll(byPages pages: Int) { scroll(by: pages * max(1, rows - 1)) }

  mutating func goToStart() {
    sticksToEnd = false
    top = (0, 0)
  }

  mutating func shift(by steps: Int) {
    layout.shift = max(0, layout.shift + steps * Self.shiftStep)
  }

  // MARK: - Searching

  /// Goes to the first match in sight or behind it.
  mutating func setSearch(_ text: String) {
    buffer.setSearch(text)
    match = nil
    guard !text.isEmpty else { return }
    show(buffer.match(from: start.line - 1, forwards: true))
  }

  mutating func goToMatch(forwards: Bool) {
    show(buffer.match(from: match ?? start.line, forwards: forwards))
  }

  private mutating func show(_ found: Int?) {
    match = found
    guard let found else { return }
    let first = start
    var bottom = first.line
    var room = rows + first.row
    while bottom < buffer.lines.count, room > 0 {
      room -= layout.height(of: buffer.lines[bottom])
      bottom += 1
    }
    guard !(first.line..<bottom).contains(found) else { return }
    sticksToEnd = false
    top = (max(0, found - rows / 3), 0)
  }

  /// Where the reader is: the match of all matches, or the lines of all lines.
  func position(isSearching: Bool) -> String {
    if isSearching, !buffer.search.isEmpty {
      guard let match else { return "\(buffer.matchCount) found" }
      return "\(buffer.matchNumber(at: match)) of \(buffer.matchCount)"
    }
    guard !isEmpty else { return "" }
    return "\(min(start.line + rows, buffer.lines.count)) of \(buffer.lines.count)"
  }

  // MARK: - Drawing

  func draw(on canvas: inout Canvas, in region: Region) {
    let first = start
    var row = region.row
    var skipped = first.row
    for index in first.line..<buffer.lines.count {
      for segments in layout.rows(of: buffer.lines[index]) {
        if skipped > 0 {
          skipped -= 1
          continue
        }
        guard region.rows.contains(row) else { return }
        var column = region.column + 1
        for segment in segments {
          column = canvas.write(segment.text, row: row, column: column, style: segment.style)
        }
        if buffer.lines[index].isMatch {
          let text = segments.map(\.text.string).joined()
          canvas.mark(
            buffer.search,
            in: text,
            isCurrent: index == match,
            row: row,
            column: region.column + 1
          )
        }
        row += 1
      }
    }
  }
}
