import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Rows of text with a selection, of which some lead to an object or a finding.
struct LinkedRows: Sendable {
  enum Target: Sendable, Equatable {
    case object(ClusterObject)
    case finding(Finding)

    /// The screen of what the row leads to.
    var screen: any Screen {
      switch self {
      case .object(let object): ObjectScreen(object)
      case .finding(let finding): FindingScreen(finding)
      }
    }
  }

  struct Row: Sendable, Equatable {
    var segments: [TextSegment]
    var target: Target?
    /// By what the selection knows the row when others come and go; rows without are known by their target.
    var mark = ""

    var text: String { segments.map(\.text.string).joined() }
  }

  private(set) var rows: [Row] = []
  private(set) var list = ListState<Int>()

  var selected: Row? { rows.indices.contains(list.index) ? rows[list.index] : nil }

  /// Takes in the rows as they are now: the selection stays on the same thing, where that is still there.
  mutating func update(_ rows: [Row]) {
    let old = selected
    self.rows = rows
    let known = old.flatMap { old -> Int? in
      guard old.target != nil || !old.mark.isEmpty else { return nil }
      let same = rows.indices.filter {
        rows[$0].target == old.target && rows[$0].mark == old.mark
      }
      return same.min { abs($0 - list.index) < abs($1 - list.index) }
    }
    list.update(count: rows.count, selectedIndex: known ?? list.index)
  }

  mutating func resize(height: Int) { list.resize(height: height) }

  /// Selects a row, and shows as much as can be of what is before it.
  mutating func select(row: Int) {
    list.restart()
    list.move(by: row)
  }

  mutating func move(_ motion: ListMotion) { list.move(motion) }

  mutating func wheel(_ rows: Int) { list.move(by: rows) }

  /// Takes in a click on a row of the window; true where that row was selected before.
  mutating func click(row: Int) -> Bool { list.click(row: row) == .open }

  /// What opens the selected row.
  func open() -> [ScreenAction] { selected?.target.map { [.push($0.screen)] } ?? [] }

  func draw(on canvas: inout Canvas, in region: Region) {
    let shown = rows.dropFirst(list.offset).prefix(region.size.rows)
    for (index, row) in zip(shown.indices, shown) {
      let line = region.row + index - list.offset
      var column = region.column + 2
      for segment in row.segments {
        column = canvas.write(segment.text, row: line, column: column, style: segment.style)
      }
      guard index == list.index else { continue }
      canvas.write(">", row: line, column: region.column, style: Style(.key))
      canvas.restyle(row: line, in: region) { $0.role = .selection }
    }
    let hidden = rows.count - list.offset - region.size.rows
    guard hidden > 0, let last = region.rows.last else { return }
    let note = " ↓ \(hidden) more "
    canvas.write(
      note,
      row: last,
      column: region.size.columns - DisplayText(note).width - 1,
      style: Style(.key, isReversed: true)
    )
  }
}

// MARK: - Making rows

extension LinkedRows {
  /// The rows of a text behind a label, wrapped beneath its own beginning.
  static func rows(
    _ text: String,
    _ style: Style = Style(),
    label: String = "",
    labelWidth: Int = 0,
    target: Target? = nil,
    indent: Int = 0,
    width: Int
  ) -> [Row] {
    let width = min(width, ScrollingText.readableWidth * 3 / 2)
    let name = DisplayText(label)
    let start = indent + (label.isEmpty ? 0 : max(labelWidth, name.width) + 1)
    let texts = DisplayText(text).wrapped(to: max(10, width - start - 3))
    return texts.enumerated().map { index, text in
      let isFirst = index == 0 && !label.isEmpty
      let padding = String(repeating: " ", count: isFirst ? start - indent - name.width : start)
      var segments = [TextSegment(padding), TextSegment(text: text, style: style)]
      if isFirst {
        segments.insert(TextSegment(text: name, style: Style(.muted)), at: 0)
        segments.insert(TextSegment(String(repeating: " ", count: indent)), at: 0)
      }
      return Row(segments: segments, target: target)
    }
  }

  static func heading(_ text: String) -> [Row] {
    [Row(segments: []), Row(segments: [TextSegment(text, .header, isBold: true)])]
  }
}

extension Surroundings.Member {
  /// What to say of it behind its name.
  var note: String {
    switch state {
    case .present(let isTerminating): isTerminating ? " (terminating)" : ""
    case .absent: isOptional ? " (does not exist, and need not)" : " (does not exist)"
    case .unknown(let reason): " (unknown: \(reason))"
    case .shared: ""
    }
  }

  /// What is wrong with it, with the symbol of the worst; empty where nothing is.
  var faults: String { findings.map { "\($0.worst.severity.symbol) \($0.count)" } ?? "" }

  var style: Style {
    if state == .absent, !isOptional { return Style(.critical) }
    if let findings { return findings.worst.severity.style }
    if case .present(false) = state { return Style() }
    return Style(.muted)
  }
}
