import TerminalKit

/// An object's YAML on the rows of a screen.
struct YAMLRows: Sendable, Equatable {
  /// One row of the screen.
  struct Row: Sendable, Equatable {
    var segments: [TextSegment]

    var text: String { segments.map(\.text.string).joined() }
  }

  private(set) var rows: [Row] = []

  init() {}

  /// Breaks what is longer than the screen is wide; who manages which fields is one row where that is
  /// folded.
  init(_ text: ObjectText, width: Int, foldsManagers: Bool) {
    var folded = 0
    for line in text.lines {
      guard line.isAboutManagers, foldsManagers else {
        rows += Self.rows(of: line, width: width)
        continue
      }
      folded += 1
      if folded == 1 {
        let head = YAMLLine(
          lead: line.lead,
          key: line.key,
          value: "… (\(text.lines.count { $0.isAboutManagers }) lines; m shows them)",
          role: .muted,
          isAboutManagers: true
        )
        rows += Self.rows(of: head, width: width)
      }
    }
  }

  private static func rows(of line: YAMLLine, width: Int) -> [Row] {
    var start = [TextSegment(text: DisplayText(line.lead), style: Style(.muted))]
    if !line.key.isEmpty {
      start.append(TextSegment(text: DisplayText(line.key), style: Style(.info)))
      let colon = DisplayText(line.value.isEmpty ? ":" : ": ")
      start.append(TextSegment(text: colon, style: Style(.muted)))
    }
    let used = start.reduce(0) { $0 + $1.text.width }
    // What is broken goes on a little further in than it began.
    let hang = min(DisplayText(line.lead).width + 2, width / 2)
    let value = DisplayText(line.value)
    guard used + value.width > width else {
      return [Row(segments: start + [TextSegment(text: value, style: Style(line.role))])]
    }
    let room = max(10, width - max(used, hang))
    let isNarrow = used + 10 > width
    let pieces = value.wrapped(to: isNarrow ? max(10, width - hang) : room)
    let indent = TextSegment(
      text: DisplayText(String(repeating: " ", count: isNarrow ? hang : max(used, hang))),
      style: Style()
    )
    var rows = pieces.map {
      Row(segments: [indent, TextSegment(text: $0, style: Style(line.role))])
    }
    if isNarrow {
      rows.insert(Row(segments: start), at: 0)
    } else {
      rows[0].segments = start + rows[0].segments.dropFirst()
    }
    return rows
  }

  /// The rows that have a text, whatever its case.
  func rows(with text: String) -> [Int] {
    guard !text.isEmpty else { return [] }
    let wanted = text.lowercased()
    return rows.indices.filter { rows[$0].text.lowercased().contains(wanted) }
  }
}
