import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists findings, worst first.
struct FindingsScreen: Screen {
  enum Action {
    case move(ListMotion)
    case open, object, filter, fold, clusters, checks
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Opens the finding: evidence and remedies", .open),
      Binding("/", label: "Filter", help: ListFilter.help, .filter),
      Binding("c", label: "Clusters", help: "Shows the clusters and their connections", .clusters),
      Binding("C", help: "Shows the checks: what they find and what they cost", .checks),
      Binding("y", help: "Shows the object that the finding is about as YAML", .object),
      Binding("tab", help: "Shows what findings explain beneath them, or folds it", .fold),
    ] + ListMotion.bindings(Action.move)

  private var cluster: String?
  private var list = ListState<FindingID>()
  private var page = FindingsPage()
  /// What `page` answers.
  private var shownQuery: FindingsQuery?
  private var isLoaded = false
  private var filter: ListFilter
  private var isFolded = true
  private var statuses: [ClusterStatus] = []

  /// Shows one cluster's findings, or all, and of those what has all words of `filter`.
  init(cluster: String? = nil, filter: String = "") {
    self.cluster = cluster
    self.filter = ListFilter(filter, columns: FindingsFilter.columns)
  }

  var title: String { cluster.map { "Findings of \($0)" } ?? "Findings" }
  var hints: [KeyHint] { isTyping ? FilterLine.hints : Self.bindings.map(\.hint) }
  var isTyping: Bool { filter.isTyping }
  var usesEscape: Bool { filter.usesEscape }

  /// Asks for a page more on either side than is in sight, so that a key finds its rows at hand.
  private var query: FindingsQuery {
    let offset = max(0, list.offset - list.height)
    return FindingsQuery(
      cluster: cluster,
      filter: filter.expression,
      offset: offset,
      limit: list.offset + 2 * list.height - offset,
      locating: list.selectedID,
      // Who looks for words finds them wherever they are.
      consequences: isFolded && filter.isEmpty ? .folded : .beneath
    )
  }

  func refresh() -> [Effect] {
    var query = query
    if query == shownQuery { query.known = page.revision }
    return [.loadFindings(query)]
  }

  /// The selection may have moved with its finding to where the page does not reach.
  mutating func missing() -> [Effect] { isLoaded && !has(margin: 0) ? [.loadFindings(query)] : [] }

  mutating func resize(_ region: Region) { list.resize(height: region.size.rows - 2) }
}

// MARK: - Changes

extension FindingsScreen {
  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .findings(let page, let query)
    where query.filter == filter.expression && query.cluster == cluster
      && query.consequences == self.query.consequences:
      return show(page, for: query)
    case .statuses(let statuses):
      let (oldNames, oldSentences) = (clusterNames, whyEmpty.sentences)
      self.statuses = statuses
      return clusterNames != oldNames || page.rows.isEmpty && whyEmpty.sentences != oldSentences
    case .tick(let now):
      let last = page.now
      page.now = max(last, now)
      return haveAged(since: last)
    default: return false
    }
  }

  private mutating func show(_ page: FindingsPage, for query: FindingsQuery) -> Bool {
    let (oldList, oldRows, old) = (list, visibleRows, self.page)
    let known = query.locating == list.selectedID ? page.locatedIndex : place(in: page)
    list.update(count: page.rowCount, selectedIndex: known)
    self.page = page
    self.page.now = max(old.now, page.now)
    shownQuery = query
    shownQuery?.known = nil
    list.select(id: selected?.finding.id)
    let isFirst = !isLoaded
    isLoaded = true
    return isFirst || list != oldList || visibleRows != oldRows
      || (page.matchCount, page.totalCount) != (old.matchCount, old.totalCount)
      || haveAged(since: old.now)
  }

  /// Where the selection is in a page that was asked for before it moved.
  private func place(in page: FindingsPage) -> Int {
    let row = page.rows.firstIndex { $0.finding.id == list.selectedID }
    return row.map { page.offset + $0 } ?? list.index
  }

  /// Whether the age of anything in sight is written in another way by now.
  private func haveAged(since last: Timestamp) -> Bool {
    visibleRows.contains { row in
      Age.text(from: row.finding.since, to: last) != Age.text(from: row.finding.since, to: page.now)
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
    if key == .down || key == .up {
      list.move(by: key == .down ? 1 : -1)
      return moved()
    }
    switch filter.type(key) {
    case .changed: list.restart()
    case .ended: break
    case .ignored: return []
    }
    return moved()
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    if key == .escape, !filter.isEmpty {
      filter.clear()
      list.restart()
      return moved()
    }
    switch Self.bindings.action(for: key) {
    case .move(let motion): list.move(motion)
    case .open:
      list.move(by: 0)  // Whoever comes back finds the selection where it was.
      list.select(id: selected?.finding.id)
      return selected.map { [.push(FindingScreen($0.finding))] } ?? []
    case .object:
      list.move(by: 0)
      list.select(id: selected?.finding.id)
      return selected?.finding.object.map { [.push(ObjectScreen($0))] } ?? []
    case .clusters: return [.push(ClustersScreen(statuses))]
    case .checks: return [.push(CatalogueScreen(cluster: cluster))]
    case .filter: filter.begin()
    case .fold: isFolded.toggle()
    case nil: return []
    }
    return moved()
  }

  /// The selection stands elsewhere: remember what it is on, and load what is to be shown before
  /// it comes in sight.
  private mutating func moved() -> [ScreenAction] {
    list.select(id: selected?.finding.id)
    return has(margin: list.height / 2) ? [] : [.perform(.loadFindings(query))]
  }

  /// Whether what is to be shown is at hand, with so many rows on either side of it.
  private func has(margin: Int) -> Bool {
    guard let shownQuery, shownQuery.filter == query.filter,
      shownQuery.consequences == query.consequences
    else { return false }
    let first = max(0, list.offset - margin)
    let end = min(page.rowCount, list.offset + list.height + margin)
    return page.offset <= first && end <= page.offset + page.rows.count
  }

  /// The rows in sight, as far as they are at hand.
  private var visibleRows: ArraySlice<FindingsPage.Row> {
    let first = list.offset - page.offset
    return page.rows[(first..<first + list.height).clamped(to: page.rows.indices)]
  }

  /// The clusters that a finding may be of, none where that is clear.
  private var clusterNames: [String] { statuses.count > 1 ? statuses.map(\.name) : [] }

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
      clusters: clusterNames
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
    let free = region.inset(top: 2 + visibleRows.count + 1)
    let lines = DisplayText(selected.finding.message)
      .wrapped(to: min(region.size.columns - 4, ScrollingText.readableWidth))
    guard lines.count <= free.size.rows else { return }
    for (index, line) in lines.enumerated() {
      canvas.write(line, row: free.row + index, column: 2, style: selected.finding.severity.style)
    }
  }

  private func drawFilter(on canvas: inout Canvas, row: Int) {
    let count =
      filter.usesEscape ? "\(page.matchCount) of \(page.totalCount)" : "\(page.totalCount)"
    filter.draw(count: FilterLine.text(count, above: list.offset), on: &canvas, row: row)
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

  private var whyEmpty: EmptyFindings {
    EmptyFindings(
      ofCluster: cluster,
      isFiltered: !filter.isEmpty,
      isLoaded: isLoaded,
      statuses
    )
  }
}
