import ClusterGraph
import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists whatever the command line can name: kinds and commands, with their short names.
struct AliasesScreen: FilteredList {
  enum Action: Sendable {
    case move(ListMotion)
    case open, filter
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Opens it, or asks for what is missing", .open),
      Binding("/", label: "Filter", help: ListFilter.help, .filter),
    ] + ListMotion.bindings(Action.move)

  /// Something that can be named.
  private struct Row: Equatable {
    /// What it is called on the command line.
    let name: String
    let shortNames: [String]
    let meaning: String
    let isCommand: Bool
    /// Whether the name alone is a whole command.
    let isWhole: Bool
  }

  private static let filterColumns = [
    FilterColumn("name"), FilterColumn("short"), FilterColumn("meaning", "kind"),
  ]

  private var all: [Row] = []
  /// Those that match.
  private var rows: [Row] = []
  var list = ListState<String>()
  var filter = ListFilter(columns: filterColumns)
  private var isLoaded = false

  init(_ vocabulary: Vocabulary) { take(vocabulary) }

  var title: String { "Aliases" }
  var command: String? { "aliases" }
  var hints: [KeyHint] { isTyping ? FilterLine.hints : Self.bindings.map(\.hint) }
  var isTyping: Bool { filter.isTyping }
  var usesEscape: Bool { filter.usesEscape }

  func refresh() -> [Effect] { isLoaded ? [] : [.loadVocabulary] }
  /// Kinds come and go, and while clusters are being connected to hardly any is known.
  func refreshEachSecond() -> [Effect] { [.loadVocabulary] }

  mutating func resize(_ region: Region) { list.resize(height: region.size.rows - 2) }

  /// Commands first, then the kinds by their names.
  private mutating func take(_ vocabulary: Vocabulary) {
    let commands = CommandWord.all.map { word in
      Row(
        name: word.names[0],
        shortNames: Array(word.names.dropFirst()),
        meaning: word.help,
        isCommand: true,
        isWhole: ![.theme, .check, .view].contains(word.argument)
      )
    }
    let kinds = vocabulary.contents.resources.map { resource in
      Row(
        name: vocabulary.shortestName(of: resource),
        shortNames: resource.shortNames,
        meaning: resource.kind.description
          + (resource.isNamespaced ? "" : ", of the whole cluster"),
        isCommand: false,
        isWhole: true
      )
    }
    all = commands + kinds.sorted { $0.name < $1.name }
    arrange()
  }

  mutating func arrange() {
    rows = all.filter { row in
      filter.expression.matches { test, column in
        switch column {
        case "name": test.matches(row.name)
        case "short": row.shortNames.contains(where: test.matches)
        case "meaning": test.matches(row.meaning)
        default: ([row.name, row.meaning] + row.shortNames).contains(where: test.matches)
        }
      }
    }
    let index = list.selectedID.flatMap { id in rows.firstIndex { $0.name == id } }
    list.update(count: rows.count, selectedIndex: index)
    list.select(id: selected?.name)
  }

  var selectedRow: String? { selected?.name }
  private var selected: Row? { rows.indices.contains(list.index) ? rows[list.index] : nil }
}

// MARK: - Changes

extension AliasesScreen {
  mutating func update(_ message: Message) -> Bool {
    guard case .vocabulary(let vocabulary) = message else { return false }
    let (old, wasLoaded) = (all, isLoaded)
    isLoaded = true
    take(vocabulary)
    return all != old || !wasLoaded
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key): return isTyping ? type(key) : perform(key)
    // The title's two rows, the filter and the header are above.
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
    case nil: break
    }
    return []
  }

  private func open() -> [ScreenAction] {
    selected.map { [$0.isWhole ? .run($0.name) : .type($0.name + " ")] } ?? []
  }
}

// MARK: - Drawing

extension AliasesScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    let count = filter.usesEscape ? "\(rows.count) of \(all.count)" : "\(rows.count)"
    let text = FilterLine.text(count, above: list.offset)
    let room = filter.draw(count: text, on: &canvas, row: region.row)
    if !isTyping, !filter.usesEscape {
      let hint = DisplayText("What : takes; any of these names will do.").cutAtEnd(to: room.count)
      canvas.write(hint, row: region.row, column: room.lowerBound, style: Style(.muted))
    }
    let longest = all.map { DisplayText($0.name).width }.max() ?? 0
    let isWide = region.size.columns >= 110
    let nameWidth = max(8, min(longest, region.size.columns * (isWide ? 33 : 25) / 100))
    let shortWidth = isWide ? 24 : 14
    let (short, meaning) = (2 + nameWidth + 2, 2 + nameWidth + 2 + shortWidth + 2)
    for (title, column) in [("NAME", 2), ("SHORT", short), ("MEANING", meaning)] {
      canvas.write(title, row: region.row + 1, column: column, style: Style(.header, isBold: true))
    }
    guard !rows.isEmpty else {
      let sentence = "No name is let through by the filter. esc clears it."
      canvas.write(sentence, row: region.row + 3, column: 2, style: Style(.muted))
      return
    }
    for (index, item) in rows.enumerated().dropFirst(list.offset).prefix(list.height) {
      let row = region.row + 2 + index - list.offset
      if index == list.index { canvas.write(">", row: row, column: 0, style: Style(.key)) }
      let style = Style(item.isCommand ? .key : .text)
      let name = DisplayText(item.name).cutInMiddle(to: nameWidth)
      canvas.write(name, row: row, column: 2, style: style)
      let names = DisplayText(item.shortNames.joined(separator: ", ")).cutAtEnd(to: shortWidth)
      canvas.write(names, row: row, column: short)
      let sentence = DisplayText(item.meaning).cutAtEnd(to: region.size.columns - meaning - 1)
      canvas.write(sentence, row: row, column: meaning, style: Style(.muted))
      guard index == list.index else { continue }
      let whole = Region(row: row, column: 0, columns: region.size.columns, rows: 1)
      canvas.restyle(row: row, in: whole) { $0.role = .selection }
    }
  }
}
