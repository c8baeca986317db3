import Monitoring
import TerminalKit

/// The columns of the clusters list, fitted to the width at hand: numbers are never cut, and names
/// get what is left.
struct ClusterColumns {
  private static let stateWidth = 12
  private static let barWidth = 12
  private static let shortestName = 12

  private struct Column {
    let title: String
    let width: Int
    let text: (ClusterStatus) -> String
  }

  private let nameWidth: Int
  private let showsBar: Bool
  private let numbers: [Column]

  init(_ statuses: [ClusterStatus], width: Int) {
    let numbers = [
      Self.column("KINDS", statuses) { "\($0.kindsSynced)/\($0.kindsTotal)" },
      Self.column("OBJECTS", statuses) { "\($0.objectCount + $0.objectsListed)" },
      Self.column("EVENTS/S", statuses) { $0.eventsPerSecond.oneDecimal },
    ]
    self.numbers = numbers
    let fixed = numbers.reduce(2 + Self.stateWidth + 2) { $0 + $1.width + 2 }
    showsBar = width - fixed - Self.barWidth - 2 >= Self.shortestName
    let room = width - fixed - (showsBar ? Self.barWidth + 2 : 0)
    let longest = statuses.map { DisplayText($0.name).width }.max() ?? 0
    nameWidth = max(1, min(room, max(longest, Self.shortestName)))
  }

  private static func column(
    _ title: String,
    _ statuses: [ClusterStatus],
    _ text: @escaping (ClusterStatus) -> String
  ) -> Column {
    let widths = statuses.map { text($0).count }
    return Column(title: title, width: max(title.count, widths.max() ?? 0), text: text)
  }

  private var stateColumn: Int { 2 + nameWidth + 2 }
  private var barColumn: Int { stateColumn + Self.stateWidth + 2 }
  private var numbersColumn: Int { barColumn + (showsBar ? Self.barWidth + 2 : 0) }

  func drawHeader(on canvas: inout Canvas, row: Int) {
    let header = Style(.header, isBold: true)
    canvas.write("CLUSTER", row: row, column: 2, style: header)
    canvas.write("STATE", row: row, column: stateColumn, style: header)
    var column = numbersColumn
    for number in numbers {
      canvas.write(number.title, row: row, column: column, style: header)
      column += number.width + 2
    }
  }

  func draw(_ status: ClusterStatus, on canvas: inout Canvas, row: Int) {
    canvas.write(DisplayText(status.name).cutInMiddle(to: nameWidth), row: row, column: 2)
    let state = status.connection
    canvas.write(state.word, row: row, column: stateColumn, style: state.style)
    if showsBar {
      ProgressBar.draw(
        status.syncedFraction,
        on: &canvas,
        row: row,
        column: barColumn,
        width: Self.barWidth
      )
    }
    var column = numbersColumn
    for number in numbers {
      canvas.write(number.text(status), row: row, column: column)
      column += number.width + 2
    }
  }
}
