import TerminalKit

/// How keys move a reader through a text.
enum ScrollMotion: Sendable {
  case down, up, pageDown, pageUp, first, last

  /// The rows of a text screen's keys that scroll it.
  static func bindings<Action>(_ action: (ScrollMotion) -> Action) -> [Binding<Action>] {
    [
      Binding("j", "down", label: "Scroll", help: "Scrolls down", action(.down)),
      Binding("k", "up", help: "Scrolls up", action(.up)),
      Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", action(.pageDown)),
      Binding("page-up", "ctrl-b", help: "Scrolls a page up", action(.pageUp)),
      Binding("g", "home", help: "Goes to the beginning", action(.first)),
      Binding("G", "end", help: "Goes to the end", action(.last)),
    ]
  }
}

extension ScrollingText {
  mutating func scroll(_ motion: ScrollMotion) {
    switch motion {
    case .down: scroll(by: 1)
    case .up: scroll(by: -1)
    case .pageDown: scroll(byPages: 1)
    case .pageUp: scroll(byPages: -1)
    case .first: scroll(by: -offset)
    case .last: scroll(by: .max / 2)
    }
  }
}
