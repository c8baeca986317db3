import Journal
import KubernetesObjects
import TerminalKit

/// The columns of the journal, fitted to the width at hand.
struct JournalColumns {
  private static let start = 2

  private let columns: [(title: String, start: Int, width: Int)]
  private let width: Int

  /// What happened has the room that is left: it matters more than who, where and how it ended.
  init(_ entries: [JournalEntry], width: Int, showsCluster: Bool) {
    self.width = width
    let share = max(10, width / 8)
    func room(_ title: String, atMost limit: Int, _ text: (JournalEntry) -> String) -> Int {
      let longest = entries.map { DisplayText(text($0)).width }.max() ?? 0
      return max(title.count, min(longest, limit))
    }
    let outcome = room("OUTCOME", atMost: share * 2, \.outcome)
    var widths = [
      ("TIME UTC", width >= 120 ? 19 : 11), ("WHO", room("WHO", atMost: share, \.author)),
    ]
    if showsCluster { widths.append(("CLUSTER", room("CLUSTER", atMost: share, \.cluster))) }
    let taken = widths.reduce(Self.start) { $0 + $1.1 + 2 } + outcome + 1
    widths += [("WHAT", max(10, width - taken - 2)), ("OUTCOME", outcome)]
    var next = Self.start
    columns = widths.map { title, width in
      defer { next += width + 2 }
      return (title, next, width)
    }
  }

  func drawHeader(on canvas: inout Canvas, row: Int) {
    for column in columns {
      canvas.write(
        column.title,
        row: row,
        column: column.start,
        style: Style(.header, isBold: true)
      )
    }
  }

  func draw(_ entry: JournalEntry, isSelected: Bool, on canvas: inout Canvas, row: Int) {
    if isSelected { canvas.write(">", row: row, column: 0, style: Style(.key)) }
    for column in columns {
      let (text, role) = cell(column.title, of: entry, width: column.width)
      canvas.write(
        DisplayText(text).cutAtEnd(to: column.width),
        row: row,
        column: column.start,
        style: Style(role)
      )
    }
    guard isSelected else { return }
    let whole = Region(row: row, column: 0, columns: width, rows: 1)
    canvas.restyle(row: row, in: whole) { $0.role = .selection }
  }

  private func cell(
    _ title: String,
    of entry: JournalEntry,
    width: Int
  ) -> (String, TerminalKit.Role) {
    switch title {
    case "TIME UTC":
      let time = entry.time.rfc3339
      // 11-26 12:00 where there is no room for 2026-11-26 12:00:00.
      let date = String(time.prefix(10)), clock = String(time.dropFirst(11).prefix(8))
      return (
        width < 19 ? "\(date.dropFirst(5)) \(clock.prefix(5))" : "\(date) \(clock)", .muted
      )
    case "WHO": return (entry.author, .text)
    case "CLUSTER": return (entry.cluster, .text)
    case "WHAT": return ("\(Self.mark(of: entry.kind))\(entry.text)", .text)
    default: return (entry.outcome, Self.role(of: entry))
    }
  }

  private static func mark(of kind: JournalEntry.Kind) -> String {
    switch kind {
    case .batch: "Batch: "
    case .finding: ""
    case .heal: "Heal: "
    case .note: "Note: "
    }
  }

  private static func role(of entry: JournalEntry) -> TerminalKit.Role {
    switch entry.kind {
    case .note: .text
    case .batch:
      ["interrupted", "not begun", "not done"].contains(where: entry.outcome.contains)
        ? .warning : .success
    case .finding: entry.outcome == "not over" ? .warning : .muted
    case .heal:
      ["healed", "done"].contains(where: entry.outcome.hasPrefix) ? .success : .warning
    }
  }
}
