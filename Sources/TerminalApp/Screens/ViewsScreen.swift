import TerminalKit

/// Lists the views that the user named.
struct ViewsScreen: Screen {
  enum Action: Sendable {
    case move(ListMotion)
    case open, delete
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Opens the view", .open),
      Binding("ctrl-d", label: "Forget", help: "Forgets the view", .delete),
    ] + ListMotion.bindings(Action.move)

  private var views: [(name: String, command: String)] = []
  private var list = ListState<String>()

  init(_ views: [String: String]) { take(views) }

  private mutating func take(_ views: [String: String]) {
    let selected = self.views.indices.contains(list.index) ? self.views[list.index].name : nil
    self.views = views.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let index = self.views.firstIndex { $0.name == selected }
    list.update(count: views.count, selectedIndex: index)
  }

  var title: String { "Views" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { [] }

  mutating func resize(_ region: Region) { list.resize(height: region.size.rows - 1) }

  /// Whoever is quick opens the list before its file was read.
  mutating func update(_ message: Message) -> Bool {
    guard case .vocabulary(let vocabulary) = message else { return false }
    take(vocabulary.views)
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): list.move(motion)
      case .open: return open()
      case .delete: return delete()
      case nil: break
      }
    case .click(let row, _): if list.click(row: row - 3) == .open { return open() }
    case .wheel(let rows): list.move(by: rows)
    case .paste, .resize, .signal: break
    }
    return []
  }

  private func open() -> [ScreenAction] {
    views.indices.contains(list.index) ? [.run(views[list.index].command)] : []
  }

  private mutating func delete() -> [ScreenAction] {
    guard views.indices.contains(list.index) else { return [] }
    let view = views.remove(at: list.index)
    list.update(count: views.count, selectedIndex: min(list.index, views.count - 1))
    return [.perform(.saveView(name: view.name, command: nil))]
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    guard !views.isEmpty else {
      let text = "No view has a name yet: :view save NAME keeps what a list shows."
      for (index, line) in DisplayText(text).wrapped(to: region.size.columns - 4).enumerated() {
        canvas.write(line, row: region.row + 1 + index, column: 2, style: Style(.muted))
      }
      return
    }
    let nameWidth = min(30, views.map { DisplayText($0.name).width }.max() ?? 0)
    canvas.write("NAME", row: region.row, column: 2, style: Style(.header, isBold: true))
    let column = 2 + max(nameWidth, 4) + 2
    canvas.write("COMMAND", row: region.row, column: column, style: Style(.header, isBold: true))
    for (index, view) in views.enumerated().dropFirst(list.offset).prefix(list.height) {
      let row = region.row + 1 + index - list.offset
      if index == list.index { canvas.write(">", row: row, column: 0, style: Style(.key)) }
      canvas.write(DisplayText(view.name).cutInMiddle(to: nameWidth), row: row, column: 2)
      let room = region.size.columns - column - 1
      canvas.write(DisplayText(view.command).cutAtEnd(to: room), row: row, column: column)
      guard index == list.index else { continue }
      let whole = Region(row: row, column: 0, columns: region.size.columns, rows: 1)
      canvas.restyle(row: row, in: whole) { $0.role = .selection }
    }
  }
}
