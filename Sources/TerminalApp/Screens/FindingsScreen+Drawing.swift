import Inspection
import Monitoring
import TerminalKit

/// How the list of findings looks.
extension FindingsScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    drawAbove(on: &canvas, row: region.row)
    drawList(on: &canvas, in: region)
    chooser?.draw(on: &canvas, in: region)
  }

  func columns(width: Int) -> FindingColumns {
    FindingColumns(
      width: width,
      clusters: clusterNames,
      isWide: isWide,
      layout: layout,
      choice: choice
    )
  }

  private func drawList(on canvas: inout Canvas, in region: Region) {
    let columns = columns(width: region.size.columns)
    columns.drawHeader(on: &canvas, row: region.row + 1)
    guard !page.lines.isEmpty else { return drawEmpty(on: &canvas, in: region) }
    for row in 0..<list.height {
      let index = list.offset + row
      guard page.lines.indices.contains(index - page.offset) else { continue }
      let isSelected = index == list.index
      switch page.lines[index - page.offset] {
      case .group(let group):
        GroupLine(group).draw(isSelected: isSelected, on: &canvas, row: region.row + 2 + row)
      case .finding(let item):
        columns.draw(
          item,
          now: page.now,
          isSelected: isSelected,
          isMarked: marks.contains(item.finding.id),
          on: &canvas,
          row: region.row + 2 + row
        )
      }
    }
    drawSelectedMessage(columns, on: &canvas, in: region)
  }

  /// Uses the rows that the list leaves free for the message that a row had no room for.
  private func drawSelectedMessage(
    _ columns: FindingColumns,
    on canvas: inout Canvas,
    in region: Region
  ) {
    guard let selected, columns.cutsMessage(of: selected) else { return }
    let free = region.inset(top: 2 + visibleLines.count + 1)
    let lines = DisplayText(selected.finding.message)
      .wrapped(to: min(region.size.columns - 4, ScrollingText.readableWidth))
    guard lines.count <= free.size.rows else { return }
    for (index, line) in lines.enumerated() {
      canvas.write(line, row: free.row + index, column: 2, style: selected.finding.severity.style)
    }
  }

  private func drawAbove(on canvas: inout Canvas, row: Int) {
    if let prompt { return prompt.draw(on: &canvas, row: row) }
    let isPart = filter.usesEscape || layout == .dangling
    let count = isPart ? "\(page.matchCount) of \(page.totalCount)" : "\(page.totalCount)"
    let marked = marks.isEmpty ? "" : "* \(marks.findings.count) marked  "
    let text = FilterLine.text(marked + count, above: list.offset)
    let room = filter.draw(count: text, on: &canvas, row: row)
    guard let notice, !isTyping, !room.isEmpty else { return }
    let shown = DisplayText(notice).cutAtEnd(to: room.count)
    canvas.write(shown, row: row, column: room.lowerBound, style: Style(.warning))
  }

  private func drawEmpty(on canvas: inout Canvas, in region: Region) {
    var row = region.row + 3
    for sentence in whyEmpty.sentences {
      for line in DisplayText(sentence.text).wrapped(to: region.size.columns - 4) {
        canvas.write(line, row: row, column: 2, style: sentence.style)
        row += 1
      }
    }
  }

  var whyEmpty: EmptyFindings {
    EmptyFindings(
      ofCluster: cluster,
      isFiltered: !filter.isEmpty,
      isLoaded: isLoaded,
      statuses,
      layout: layout
    )
  }
}

/// The line of a group: what it is, how bad, and how much is in it.
struct GroupLine {
  private let group: FindingsPage.Group

  init(_ group: FindingsPage.Group) { self.group = group }

  func draw(isSelected: Bool, on canvas: inout Canvas, row: Int) {
    if isSelected { canvas.write(">", row: row, column: 0, style: Style(.key)) }
    canvas.write(group.isOpen ? "▾" : "▸", row: row, column: 2, style: Style(.key))
    let counts = Severity.allCases.compactMap { severity in
      group.counts[severity].map { ("\(severity.symbol) \($0)", severity.style) }
    }
    let muted = group.mutedCount > 0 ? [("\(group.mutedCount) muted", Style(.muted))] : []
    let size = group.bytes > 0 ? [(ByteSize.text(group.bytes), Style(.text))] : []
    let parts = counts + muted + size
    let tail = parts.reduce(0) { $0 + DisplayText($1.0).width + 2 }
    let name = group.name.isEmpty ? "no \(group.grouping.rawValue)" : group.name
    let room = max(8, canvas.size.columns - 4 - tail - 2)
    var column = canvas.write(
      DisplayText(name).cutInMiddle(to: room),
      row: row,
      column: 4,
      style: Style(group.name.isEmpty ? .muted : .text, isBold: true)
    )
    for (text, style) in parts {
      column = canvas.write(text, row: row, column: column + 2, style: style)
    }
    guard isSelected else { return }
    let whole = Region(row: row, column: 0, columns: canvas.size.columns, rows: 1)
    canvas.restyle(row: row, in: whole) { $0.role = .selection }
  }
}
