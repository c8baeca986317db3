import ClusterGraph
import Healing
import Journal
import Monitoring
import TerminalKit

/// Lists what happened: findings that came and went, what was said of them, and heals.
struct JournalScreen: FilteredList {
  enum Action {
    case move(ListMotion)
    case open, undo, rest, filter, heals
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Shows all that is known of it", .open),
      Binding(
        "u",
        label: "Undo",
        help: "Shows how the heal can be taken back, and asks",
        changes: true,
        .undo
      ),
      Binding(
        "n",
        label: "Plan rest",
        help: "Plans anew what of a batch was not begun, and asks",
        changes: true,
        .rest
      ),
      Binding("/", label: "Filter", help: ListFilter.help, .filter),
      Binding("h", label: "Heals", help: "Shows heals alone, or everything again", .heals),
    ] + ListMotion.bindings(Action.move)

  private let cluster: String?
  private var page: JournalPage?
  /// The entries that match, in order.
  private var rows: [JournalEntry] = []
  var list = ListState<JournalEntry.Place>()
  var filter: ListFilter
  private var showsHealsAlone = false
  private var width = 80

  /// Shows what happened in one cluster, or in all.
  init(cluster: String? = nil, filter: String = "") {
    self.cluster = cluster
    self.filter = ListFilter(filter, columns: Self.filterColumns)
  }

  var title: String { cluster.map { "Journal @\($0)" } ?? "Journal" }
  var command: String? {
    ["journal", cluster.map { "@\($0)" } ?? "", CommandParser.filterWords(filter.text)]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  var hints: [KeyHint] { isTyping ? FilterLine.hints : Self.bindings.map(\.hint) }
  var isTyping: Bool { filter.isTyping }
  var usesEscape: Bool { filter.usesEscape }

  private var query: JournalQuery {
    var query = JournalQuery(cluster: cluster)
    if showsHealsAlone { query.kinds = [.batch, .heal] }
    return query
  }

  /// Other programs write into the journal, too; so it is asked once a second, whatever changes here.
  func refresh() -> [Effect] { page == nil ? refreshEachSecond() : [] }
  func refreshEachSecond() -> [Effect] { [.loadJournal(query)] }

  mutating func resize(_ region: Region) {
    width = region.size.columns
    list.resize(height: region.size.rows - 2)
  }
}

// MARK: - Changes

extension JournalScreen {
  mutating func update(_ message: Message) -> Bool {
    guard case .journal(let page, query) = message, page != self.page else { return false }
    self.page = page
    arrange()
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key): return isTyping ? type(key) : perform(key)
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
    case .undo: return undo()
    case .rest: return planRest()
    case .filter: filter.begin()
    case .heals:
      showsHealsAlone.toggle()
      list.restart()
      return [.perform(.loadJournal(query))]
    case nil: break
    }
    return []
  }

  private mutating func open() -> [ScreenAction] {
    move { $0.move(by: 0) }  // Whoever comes back finds the selection where it was.
    return selected.map { [.push(JournalEntryScreen($0))] } ?? []
  }

  private func undo() -> [ScreenAction] {
    guard let selected else { return [] }
    guard let heal = selected.healID else {
      return [.perform(.tell("Only heals can be undone: this line is none. h shows heals alone."))]
    }
    return [.perform(.proposeUndo(heal))]
  }

  private func planRest() -> [ScreenAction] {
    guard let selected else { return [] }
    guard let batch = selected.batchID else {
      let text = "This line is no batch: what was confirmed together has a line of its own."
      return [.perform(.tell(text))]
    }
    return [.perform(.proposeRest(batch))]
  }

  var selectedRow: JournalEntry.Place? { selected?.place }

  /// Puts together what matches; the selection follows its entry.
  mutating func arrange() {
    let entries = page?.entries ?? []
    rows = filter.isEmpty ? entries : entries.filter(isWanted)
    let index = list.selectedID.flatMap { place in rows.firstIndex { $0.place == place } }
    list.update(count: rows.count, selectedIndex: index)
    if index != nil { list.select(id: selected?.place) }
  }

  private static let filterColumns = [
    FilterColumn("kind"), FilterColumn("who", "author"), FilterColumn("cluster"),
    FilterColumn("what"), FilterColumn("outcome"), FilterColumn("id"),
  ]

  private func isWanted(_ entry: JournalEntry) -> Bool {
    filter.expression.matches { test, column in
      switch column {
      case "kind": test.matches(entry.kind.rawValue)
      case "who": test.matches(entry.author)
      case "cluster": test.matches(entry.cluster)
      case "what": test.matches(entry.text)
      case "outcome": test.matches(entry.outcome)
      case "id": test.matches(entry.id)
      default:
        [entry.kind.rawValue, entry.author, entry.cluster, entry.text, entry.outcome, entry.id]
          .contains(where: test.matches)
      }
    }
  }

  private var selected: JournalEntry? {
    rows.indices.contains(list.index) ? rows[list.index] : nil
  }
}

// MARK: - Drawing

extension JournalScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    let all = page?.entries.count ?? 0
    let count = filter.usesEscape ? "\(rows.count) of \(all)" : "\(rows.count)"
    filter.draw(
      count: FilterLine.text(count, above: list.offset),
      on: &canvas,
      row: region.row
    )
    let columns = JournalColumns(
      page?.entries ?? [],
      width: width,
      showsCluster: cluster == nil
    )
    columns.drawHeader(on: &canvas, row: region.row + 1)
    guard !rows.isEmpty else { return drawEmpty(on: &canvas, in: region) }
    for (index, entry) in rows.enumerated().dropFirst(list.offset).prefix(list.height) {
      columns.draw(
        entry,
        isSelected: index == list.index,
        on: &canvas,
        row: region.row + 2 + index - list.offset
      )
    }
  }

  private func drawEmpty(on canvas: inout Canvas, in region: Region) {
    var row = region.row + 3
    for (text, role) in emptySentences {
      for line in DisplayText(text).wrapped(to: region.size.columns - 4) {
        canvas.write(line, row: row, column: 2, style: Style(role))
        row += 1
      }
    }
  }

  /// Why nothing is listed, and what to do.
  private var emptySentences: [(String, Role)] {
    guard let page else { return [("Loading…", .muted)] }
    if let problem = page.problem { return [(problem, .warning)] }
    guard page.entries.isEmpty else {
      return [("Nothing in the journal is let through by the filter. esc clears it.", .muted)]
    }
    if showsHealsAlone {
      return [
        ("Nothing was healed yet. Open a finding and press h to see what could be.", .muted),
        ("h shows everything again.", .muted),
      ]
    }
    return [
      (
        "Nothing is journaled yet. Findings are, when they come and go; so is what is said of them, and "
          + "every heal with what it changed.", .muted
      )
    ]
  }
}

extension JournalEntry {
  /// What tells it from all others.
  struct Place: Hashable, Sendable {
    let kind: Kind
    let number: Int64
  }

  var place: Place { Place(kind: kind, number: number) }

  /// The heal that it is; `nil` where it is none.
  var healID: HealIntent.ID? { kind == .heal ? HealIntent.ID(number) : nil }

  /// The plans confirmed together that it is; `nil` where it is none.
  var batchID: BatchIntent.ID? { kind == .batch ? BatchIntent.ID(number) : nil }
}
