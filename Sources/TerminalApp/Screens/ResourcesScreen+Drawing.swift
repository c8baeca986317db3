import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// How a list of objects looks.
extension ResourcesScreen {
  /// The columns that there are, in the order in which they are shown.
  var columns: [ResourceColumn] {
    allColumns.filter { column in
      column == .name || choice.shows(column.title, byDefault: isShownByDefault(column))
    }
  }

  /// The columns that there may be, whether they are shown or not.
  private var allColumns: [ResourceColumn] {
    var columns = [ResourceColumn.findings]
    if scope.resource.isNamespaced, scope.namespace == nil { columns.append(.namespace) }
    columns.append(.name)
    columns += cells.columns.filter { !$0.isWide }.map { .cell($0.name) }
    columns.append(.age)
    columns += cells.columns.filter(\.isWide).map { .cell($0.name) }
    if clusterCount > 1, scope.cluster == nil { columns.append(.cluster) }
    return columns
  }

  private func isShownByDefault(_ column: ResourceColumn) -> Bool {
    guard case .cell(let name) = column, !isWide else { return true }
    return !cells.columns.contains { $0.name == name && $0.isWide }
  }

  /// What may be chosen: nobody can do without names.
  var choices: [ColumnChooser.Column] {
    allColumns.filter { $0 != .name }.map {
      ColumnChooser.Column(title: $0.title, byDefault: isShownByDefault($0))
    }
  }

  /// Finds out how wide the columns want to be, from all rows at hand, lest they jump as one scrolls.
  mutating func measure() {
    widths = [:]
    for column in allColumns where column != .age {
      widths[column] = page.rows.reduce(0) { width, row in
        max(width, DisplayText(text(column, of: row) ?? "").width)
      }
    }
  }

  private func fitted(to width: Int) -> ResourceColumns {
    let columns = columns.map { column in
      let arrow = sorting.column == column ? 1 : 0
      // With little room the marks and the numbers say enough.
      let title = column == .findings && width < 120 ? 3 : DisplayText(column.title).width
      return (column, max(title + arrow, min(widths[column] ?? 4, 60)))
    }
    return ResourceColumns(columns, picked: picked, width: width)
  }

  /// The column under a click.
  func column(at position: Int) -> ResourceColumn? {
    fitted(to: width).fitted.last { $0.start <= position }?.column
  }

  /// What a column says of a row; `nil` while that is not known.
  private func text(_ column: ResourceColumn, of row: ResourcesPage.Row) -> String? {
    switch column {
    case .findings: row.object.findings.map { "\($0.worst.severity.symbol) \($0.count)" } ?? ""
    case .namespace: row.object.key.namespace
    case .name: row.object.key.name
    case .age: age(of: row, at: page.now)
    case .cluster: row.cluster
    case .cell(let name): cells.text(name, of: row)
    }
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    drawAbove(on: &canvas, row: region.row)
    let columns = fitted(to: region.size.columns)
    drawHeader(columns, on: &canvas, row: region.row + 1)
    guard !page.rows.isEmpty else {
      drawEmpty(on: &canvas, in: region)
      chooser?.draw(on: &canvas, in: region)
      return
    }
    for row in 0..<list.height {
      let index = list.offset + row
      guard page.rows.indices.contains(index - page.offset) else { continue }
      draw(
        page.rows[index - page.offset],
        columns,
        isSelected: index == list.index,
        on: &canvas,
        row: region.row + 2 + row
      )
    }
    chooser?.draw(on: &canvas, in: region)
  }

  private func drawHeader(_ columns: ResourceColumns, on canvas: inout Canvas, row: Int) {
    for fitted in columns.fitted {
      let isSorted = fitted.column == sorting.column
      let arrow = isSorted ? (sorting.isReversed ? "↓" : "↑") : ""
      let room = fitted.width - arrow.count
      let title = DisplayText(fitted.column.title)
      var style = Style(.header, isBold: true)
      style.isReversed = fitted.column == picked
      let short = fitted.column == .findings && title.width > room
      canvas.write(
        (short ? DisplayText("!") : title.cutAtEnd(to: room)).string + arrow,
        row: row,
        column: fitted.start,
        style: style
      )
    }
    if columns.isCut {
      let last = canvas.size.columns - 1
      canvas.write("…", row: row, column: last, style: Style(.muted))
    }
  }

  private func draw(
    _ item: ResourcesPage.Row,
    _ columns: ResourceColumns,
    isSelected: Bool,
    on canvas: inout Canvas,
    row: Int
  ) {
    if isSelected { canvas.write(">", row: row, column: 0, style: Style(.key)) }
    let isMarked = marks.contains(item)
    if isMarked { canvas.write("*", row: row, column: 1, style: Style(.key, isBold: true)) }
    for fitted in columns.fitted {
      let text = text(fitted.column, of: item)
      // What is not told yet must not look like a value.
      let shown = DisplayText(text ?? (cells.isUntold ? "" : "·"))
      canvas.write(
        shown.cutInMiddle(to: fitted.width),
        row: row,
        column: fitted.start,
        style: style(of: fitted.column, item, isKnown: text != nil)
      )
    }
    guard isSelected || isMarked else { return }
    let whole = Region(row: row, column: 0, columns: canvas.size.columns, rows: 1)
    canvas.restyle(row: row, in: whole) { style in
      if isMarked { style.isBold = true }
      if isSelected { style.role = .selection }
    }
  }

  private func style(of column: ResourceColumn, _ row: ResourcesPage.Row, isKnown: Bool) -> Style {
    guard isKnown else { return Style(.muted) }
    switch column {
    case .findings: return row.object.findings?.worst.severity.style ?? Style()
    case .name: return Style(row.object.isTerminating ? .muted : .text)
    case .namespace, .age, .cluster: return Style(.muted)
    case .cell: return Style(row.object.isTerminating ? .muted : .text)
    }
  }

  // MARK: - Above the list

  private func drawAbove(on canvas: inout Canvas, row: Int) {
    let isPart = filter.usesEscape && page.count != page.countWithoutFilter
    let count = isPart ? "\(page.count) of \(page.countWithoutFilter)" : "\(page.count)"
    let marked = marks.isEmpty ? "" : "* \(marks.count) marked  "
    let text = FilterLine.text(marked + count, above: list.offset)
    let room = filter.draw(count: text, on: &canvas, row: row)
    guard !room.isEmpty, !isTyping else { return }
    guard let (sentence, style) = news else {
      return drawNamespaces(on: &canvas, row: row, in: room)
    }
    let shown = DisplayText(sentence).cutAtEnd(to: room.count)
    canvas.write(shown, row: row, column: room.lowerBound, style: style)
  }

  /// What is to be said at the moment.
  private var news: (text: String, style: Style)? {
    if let notice { return (notice, Style(.warning)) }
    if let pending {
      let column = pending.sorting.column.title
      guard let progress = pending.progress else {
        return ("Loading \(column) to sort by it; esc gives up.", Style(.progress))
      }
      let part = "\(progress.loaded) of \(progress.total)"
      return ("Loading \(column) to sort by it: \(part); esc gives up.", Style(.progress))
    }
    if let failure = cells.failure { return ("Columns are not told: \(failure)", Style(.error)) }
    if case .cell = sorting.column, let sortedAt {
      return ("sorted by \(sorting.column.title) as of \(sortedAt.timeOfDay) UTC", Style(.muted))
    }
    return nil
  }

  /// Which digit stands for which namespace.
  private func drawNamespaces(on canvas: inout Canvas, row: Int, in room: Range<Int>) {
    guard scope.resource.isNamespaced, !namespaces.isEmpty else { return }
    var column = room.lowerBound
    for (digit, name) in (["all"] + namespaces).enumerated() {
      let text = DisplayText(name).cutInMiddle(to: 16)
      guard column + 2 + text.width <= room.upperBound else { return }
      let isShown = digit == 0 ? scope.namespace == nil : scope.namespace == name
      column = canvas.write("\(digit) ", row: row, column: column, style: Style(.key))
      let style = isShown ? Style(.text, isBold: true) : Style(.muted)
      column = canvas.write(text, row: row, column: column, style: style) + 2
    }
  }

  private func drawEmpty(on canvas: inout Canvas, in region: Region) {
    guard isLoaded else {
      canvas.write("Loading…", row: region.row + 3, column: 2, style: Style(.muted))
      return
    }
    let empty = EmptyResources(
      scope,
      isFiltered: !filter.isEmpty,
      onlyFindings: onlyFindings,
      page
    )
    var row = region.row + 3
    for sentence in empty.sentences {
      for line in DisplayText(sentence.text).wrapped(to: region.size.columns - 4) {
        canvas.write(line, row: row, column: 2, style: sentence.style)
        row += 1
      }
    }
  }
}
