import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists findings, worst first.
struct FindingsScreen: TypingScreen {
  enum Action { case next, previous, pageDown, pageUp, first, last, open, filter, fold, clusters }

  static let bindings: [Binding<Action>] = [
    Binding("enter", label: "Open", help: "Opens the finding: evidence and remedies", .open),
    Binding("/", label: "Filter", help: "Shows only findings with all words typed", .filter),
    Binding("c", label: "Clusters", help: "Shows the clusters and their connections", .clusters),
    Binding("tab", help: "Shows what findings explain beneath them, or folds it", .fold),
    Binding("j", "down", help: "Selects the next finding", .next),
    Binding("k", "up", help: "Selects the previous finding", .previous),
    Binding("page-down", "ctrl-f", help: "Moves a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Moves a page up", .pageUp),
    Binding("g", "home", help: "Selects the first finding", .first),
    Binding("G", "end", help: "Selects the last finding", .last),
  ]

  private var cluster: String?
  private var list = ListState<FindingID>()
  private var page = FindingsPage()
  private var isLoaded = false
  private var filter = TextField()
  private(set) var isTyping = false
  private var isFolded = true
  private var statuses: [ClusterStatus] = []

  /// Shows one cluster's findings, or all.
  init(cluster: String? = nil) { self.cluster = cluster }

  var title: String { cluster.map { "Findings of \($0)" } ?? "Findings" }
  var hints: [KeyHint] { isTyping ? Self.typingHints : Self.bindings.map(\.hint) }

  private static let typingHints = [
    KeyHint(keys: ["enter"], label: "Keep the filter", help: "Ends typing"),
    KeyHint(keys: ["esc"], label: "Clear it", help: "Clears the filter"),
  ]

  /// Whether escape first clears the filter.
  var usesEscape: Bool { isTyping || !filter.text.isEmpty }

  private var query: FindingsQuery {
    FindingsQuery(
      cluster: cluster,
      filter: filter.text,
      offset: list.offset,
      limit: list.height,
      locating: list.selectedID,
      // Who looks for words finds them wherever they are.
      consequences: isFolded && filter.text.isEmpty ? .folded : .beneath
    )
  }

  func refresh() -> [Effect] { [.loadFindings(query)] }

  mutating func resize(_ region: Region) { list.resize(height: region.size.rows - 2) }
}

// MARK: - Changes

extension FindingsScreen {
  mutating func update(_ message: Message) {
    switch message {
    case .findings(let page, let query)
    where query.filter == filter.text && query.cluster == cluster
      && query.consequences == self.query.consequences:
      isLoaded = true
      let known = query.locating == list.selectedID ? page.locatedIndex : list.index
      list.update(count: page.rowCount, selectedIndex: known)
      self.page = page
      list.select(id: selected?.finding.id)
    case .statuses(let statuses): self.statuses = statuses
    default: break
    }
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key): return isTyping ? type(key) : perform(key)
    case .click(let row, _):
      // The body begins after the title's two rows; its own first two are filter and header.
      switch list.click(row: row - 4) {
      case .open: return perform("enter")
      case .select: return moved()
      case nil: return []
      }
    case .wheel(let rows):
      list.move(by: rows)
      return moved()
    case .resize, .signal: return []
    }
  }

  private mutating func type(_ key: Key) -> [ScreenAction] {
    switch key {
    case .enter: isTyping = false
    case .escape:
      isTyping = false
      filter = TextField()
    case .down, .up:
      list.move(by: key == .down ? 1 : -1)
      return moved()
    default:
      guard filter.handle(key) else { return [] }
    }
    list.restart()
    return moved()
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    if key == .escape, !filter.text.isEmpty {
      filter = TextField()
      list.restart()
      return moved()
    }
    switch Self.bindings.action(for: key) {
    case .next: list.move(by: 1)
    case .previous: list.move(by: -1)
    case .pageDown: list.move(by: list.height)
    case .pageUp: list.move(by: -list.height)
    case .first: list.moveToStart()
    case .last: list.moveToEnd()
    case .open:
      list.move(by: 0)  // Whoever comes back finds the selection where it was.
      list.select(id: selected?.finding.id)
      return selected.map { [.push(FindingScreen($0.finding))] } ?? []
    case .clusters: return [.push(ClustersScreen(statuses))]
    case .filter: isTyping = true
    case .fold: isFolded.toggle()
    case nil: return []
    }
    return moved()
  }

  /// The selection stands elsewhere: remember what it is on, and load what is to be shown.
  private mutating func moved() -> [ScreenAction] {
    list.select(id: selected?.finding.id)
    return [.perform(.loadFindings(query))]
  }

  /// The selected row, if it is in the window that is at hand.
  private var selected: FindingsPage.Row? {
    let index = list.index - page.offset
    return page.rows.indices.contains(index) ? page.rows[index] : nil
  }
}

// MARK: - Drawing

extension FindingsScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    drawFilter(on: &canvas, row: region.row)
    let columns = FindingColumns(
      width: region.size.columns,
      clusters: statuses.count > 1 ? statuses.map(\.name) : []
    )
    columns.drawHeader(on: &canvas, row: region.row + 1)
    guard !page.rows.isEmpty else { return drawEmpty(on: &canvas, in: region) }
    for row in 0..<list.height {
      let index = list.offset + row
      guard page.rows.indices.contains(index - page.offset) else { continue }
      columns.draw(
        page.rows[index - page.offset],
        now: page.now,
        isSelected: index == list.index,
        on: &canvas,
        row: region.row + 2 + row
      )
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
    let free = region.inset(top: 2 + page.rows.count + 1)
    let lines = DisplayText(selected.finding.message)
      .wrapped(to: min(region.size.columns - 4, ScrollingText.readableWidth))
    guard lines.count <= free.size.rows else { return }
    for (index, line) in lines.enumerated() {
      canvas.write(line, row: free.row + index, column: 2, style: selected.finding.severity.style)
    }
  }

  private func drawFilter(on canvas: inout Canvas, row: Int) {
    let isFiltered = isTyping || !filter.text.isEmpty
    let count = isFiltered ? "\(page.matchCount) of \(page.totalCount)" : "\(page.totalCount)"
    let end = canvas.size.columns - DisplayText(count).width - 1
    canvas.write(count, row: row, column: end, style: Style(.muted))
    guard isFiltered else { return }
    let column = canvas.write("/", row: row, column: 1, style: Style(.key, isBold: true))
    if isTyping {
      filter.draw(on: &canvas, row: row, column: column, width: end - column - 1)
    } else {
      canvas.write(filter.text, row: row, column: column, style: Style(.input), width: end - column)
    }
  }

  private func drawEmpty(on canvas: inout Canvas, in region: Region) {
    var row = region.row + 3
    for (text, style) in emptyText {
      for line in DisplayText(text).wrapped(to: region.size.columns - 4) {
        canvas.write(line, row: row, column: 2, style: style)
        row += 1
      }
    }
  }

  /// Why there is nothing, and what to do.
  private var emptyText: [(String, Style)] {
    if !filter.text.isEmpty {
      return [("No finding has all of these words. esc clears the filter.", Style(.muted))]
    }
    let troubled = statuses.compactMap { status -> String? in
      status.connection.trouble.map { "\(status.name): \($0) Trying again; c, r tries at once." }
    }
    if !troubled.isEmpty { return troubled.map { ($0, Style(.error)) } }
    let syncing = statuses.filter { $0.connection != .watching }
    guard isLoaded, syncing.isEmpty, !statuses.isEmpty else {
      return syncing.map { status in
        (
          "\(status.name): \(status.connection.word), \(status.kindsSynced) of "
            + "\(status.kindsTotal) kinds, \(status.objectCount + status.objectsListed) objects",
          Style(.muted)
        )
      }
    }
    let settling =
      page.suspectCount > 0
      ? " \(page.suspectCount) conditions may become findings if they last." : ""
    let blindness = Blindness(statuses.filter { cluster == nil || $0.name == cluster })
    guard blindness.isNone else {
      return [
        ("Nothing inconsistent was seen, but not all was:", Style(.warning)),
        ("\(blindness.summary). c tells which and why.\(settling)", Style(.warning)),
      ]
    }
    return [("✔ Nothing is inconsistent.\(settling)", Style(.success))]
  }
}
