import TerminalKit

/// How keys move the selection, the same in every list.
enum ListMotion: Sendable {
  case next, previous, pageDown, pageUp, first, last

  /// The rows of a list screen's keys that move its selection.
  static func bindings<Action>(_ action: (ListMotion) -> Action) -> [Binding<Action>] {
    [
      Binding("j", "down", help: "Selects the next row", action(.next)),
      Binding("k", "up", help: "Selects the previous row", action(.previous)),
      Binding("page-down", "ctrl-f", help: "Moves a page down", action(.pageDown)),
      Binding("page-up", "ctrl-b", help: "Moves a page up", action(.pageUp)),
      Binding("g", "home", help: "Selects the first row", action(.first)),
      Binding("G", "end", help: "Selects the last row", action(.last)),
    ]
  }
}

extension ListState {
  mutating func move(_ motion: ListMotion) {
    switch motion {
    case .next: move(by: 1)
    case .previous: move(by: -1)
    case .pageDown: move(by: height)
    case .pageUp: move(by: -height)
    case .first: moveToStart()
    case .last: moveToEnd()
    }
  }
}
