import ClusterGraph
import Inspection
import Monitoring
import TerminalKit

/// Lists the checks: what each finds, what it costs, and whether it is in force.
struct CatalogueScreen: FilteredList {
  enum Action {
    case move(ListMotion)
    case open, filter
    case sort(CatalogueColumn)
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Tells what the check is about", .open),
      Binding("/", label: "Filter", help: ListFilter.help, .filter),
      Binding(
        "F",
        label: "By findings",
        help: "Sorts by findings, the most first; again, the other way round",
        .sort(.findings)
      ),
      Binding(
        "C",
        label: "By cost",
        help: "Sorts by the share of all time that inspecting took",
        .sort(.share)
      ),
      Binding("N", label: "By name", help: "Sorts by id", .sort(.check)),
      Binding("P", label: "By pack", help: "Sorts by pack, those of packs first", .sort(.pack)),
      Binding("E", label: "By errors", help: "Sorts by how often rules failed", .sort(.errors)),
    ] + ListMotion.bindings(Action.move)

  let cluster: String?
  private var page = CataloguePage()
  private var isLoaded = false
  /// The rows that match, in order.
  private var rows: [CataloguePage.Row] = []
  var list = ListState<CheckID>()
  var filter: ListFilter
  var sorting = (column: CatalogueColumn.check, isReversed: false)
  private var width = 80

  /// Shows how the checks do in one cluster, or in all together, and only those with all words of
  /// `filter`.
  init(cluster: String? = nil, filter: String = "") {
    self.cluster = cluster
    self.filter = ListFilter(filter, columns: Self.filterColumns)
  }

  var title: String { cluster.map { "Checks @\($0)" } ?? "Checks" }
  var command: String? {
    ["checks", cluster.map { "@\($0)" } ?? "", CommandParser.filterWords(filter.text)]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  var hints: [KeyHint] { isTyping ? FilterLine.hints : Self.bindings.map(\.hint) }
  var isTyping: Bool { filter.isTyping }
  var usesEscape: Bool { filter.usesEscape }

  /// Costs change all the time; so they are asked for once a second, whatever else changes.
  func refresh() -> [Effect] { isLoaded ? [] : refreshEachSecond() }
  func refreshEachSecond() -> [Effect] { [.loadCatalogue(ofCluster: cluster)] }

  mutating func resize(_ region: Region) {
    width = region.size.columns
    list.resize(height: region.size.rows - 2)
  }
}

// MARK: - Changes

extension CatalogueScreen {
  mutating func update(_ message: Message) -> Bool {
    guard case .catalogue(let page, cluster) = message else { return false }
    let isSame = isLoaded && page == self.page
    isLoaded = true
    self.page = page
    if !isSame { arrange() }
    return !isSame
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key): return isTyping ? type(key) : perform(key)
    case .click(row: 3, let column):
      // The title's two rows and the filter are before the header.
      if let column = columns.column(at: column) { sort(by: column) }
    case .click(let row, _): return click(row: row, below: 4) { $0.open() }
    case .wheel(let rows): move { $0.move(by: rows) }
    case .paste, .resize, .signal: break
    }
    return []
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    if key == .escape { return clearFilter() }
    switch Self.bindings.action(for: key) {
    case .move(let motion): move { $0.move(motion) }
    case .open: return open()
    case .filter: filter.begin()
    case .sort(let column): sort(by: column)
    case nil: break
    }
    return []
  }

  private mutating func open() -> [ScreenAction] {
    move { $0.move(by: 0) }  // Whoever comes back finds the selection where it was.
    return selected.map { [.push(CheckScreen($0.id, in: page, cluster: cluster))] } ?? []
  }

  var selectedRow: CheckID? { selected?.id }

  private mutating func sort(by column: CatalogueColumn) {
    sorting = (column, column == sorting.column && !sorting.isReversed)
    arrange()
  }

  /// Puts in order what matches; the selection follows its check.
  mutating func arrange() {
    rows = filter.isEmpty ? page.rows : page.rows.filter(isWanted)
    rows.sort { left, right in
      let first = sorting.isReversed ? (right, left) : (left, right)
      return sorting.column.precedes(first.0, first.1) ?? (left.id < right.id)
    }
    let index = list.selectedID.flatMap { id in rows.firstIndex { $0.id == id } }
    list.update(count: rows.count, selectedIndex: index)
    list.select(id: selected?.id)
  }

  private static let filterColumns = [
    FilterColumn("check", isPath: true), FilterColumn("shape"), FilterColumn("severity", "sev"),
    FilterColumn("state"), FilterColumn("finds", "title"), FilterColumn("pack", "source"),
  ]

  private func isWanted(_ row: CataloguePage.Row) -> Bool {
    let severity = page.settings.severity(of: row.check).name
    let state = CheckState(of: row, page.settings).words
    return filter.expression.matches { test, column in
      switch column {
      case "check": test.matches(row.id.description)
      case "shape": test.matches(row.id.shape?.rawValue ?? "")
      case "severity": test.matches(severity)
      case "state": test.matches(state)
      case "finds": test.matches(row.check.title)
      case "pack": test.matches(row.pack.isEmpty ? "kpatrol" : row.pack)
      default: [row.id.description, row.check.title, severity, state].contains(where: test.matches)
      }
    }
  }

  private var selected: CataloguePage.Row? {
    rows.indices.contains(list.index) ? rows[list.index] : nil
  }
}

// MARK: - Drawing

extension CatalogueScreen {
  private var columns: CatalogueColumns { CatalogueColumns(page.rows, width: width) }

  func draw(on canvas: inout Canvas, in region: Region) {
    let count = filter.usesEscape ? "\(rows.count) of \(page.rows.count)" : "\(rows.count)"
    let text = FilterLine.text(count, above: list.offset)
    let room = filter.draw(count: text, on: &canvas, row: region.row)
    if !isTyping {
      let summary = DisplayText(summary).cutAtEnd(to: room.count)
      canvas.write(summary, row: region.row, column: room.lowerBound, style: Style(.muted))
    }
    let columns = columns
    columns.drawHeader(
      sortedBy: sorting.column,
      isReversed: sorting.isReversed,
      on: &canvas,
      row: region.row + 1
    )
    guard !rows.isEmpty else { return drawEmpty(on: &canvas, row: region.row + 3) }
    let whole = page.duration
    for (index, item) in rows.enumerated().dropFirst(list.offset).prefix(list.height) {
      columns.draw(
        item,
        in: page,
        share: whole > .zero ? item.cost.duration / whole : nil,
        isSelected: index == list.index,
        on: &canvas,
        row: region.row + 2 + index - list.offset
      )
    }
  }

  /// How many of the checks are in force, and how many are not.
  private var summary: String {
    guard isLoaded else { return "" }
    let states = page.rows.map { CheckState(of: $0, page.settings) }
    var blind = 0
    for case .notInspected in states { blind += 1 }
    let off = states.count(where: \.isOff)
    let counts = [
      (states.count - off - blind, "in force"), (off, "off"), (blind, "not inspected"),
    ]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private func drawEmpty(on canvas: inout Canvas, row: Int) {
    let text =
      !isLoaded
      ? "Loading…"
      : page.rows.isEmpty
        ? "There are no checks." : "No check is let through by the filter. esc clears it."
    canvas.write(text, row: row, column: 2, style: Style(.muted))
  }
}
