import TerminalKit

/// Lists the keys of the screen that it was opened from.
struct HelpScreen: Screen {
  private let about: String
  private let keys: [KeyHint]
  private var text = ScrollingText()

  init(about: String, hints: [KeyHint]) {
    self.about = about
    keys = hints
  }

  var title: String { "Help: \(about)" }
  let hints: [KeyHint] = [
    KeyHint(keys: ["up", "down"], label: "Scroll", help: "Scrolls")
  ]

  func refresh() -> [Effect] { [] }

  mutating func resize(_ region: Region) {
    let rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows)
  }

  mutating func update(_ message: Message) -> Bool { false }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(.down), .key("j"): text.scroll(by: 1)
    case .key(.up), .key("k"): text.scroll(by: -1)
    case .wheel(let rows): text.scroll(by: rows)
    default: break
    }
    return []
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(lines, on: &canvas, in: region)
  }

  private var lines: [ScrollingText.Line] {
    let width = keys.map { $0.keys.joined(separator: " ").count }.max() ?? 0
    let rows = keys.map { hint in
      let names = hint.keys.joined(separator: " ")
      let padding = String(repeating: " ", count: width - names.count)
      return ScrollingText.Line(hint.help, label: names + padding)
    }
    return rows + [
      .init(""), .init("Marks", style: Style(.header, isBold: true)),
      .init("critical: something is broken now", label: "✖"),
      .init("warning: something is wrong, and may break", label: "▲"),
      .init("info: worth knowing", label: "●"),
      .init("not told by the API server yet", label: "·"),
      .init(""),
      .init(
        "A condition is a finding once it has lasted for its check's settle window; "
          + "until then it is counted as settling.",
        style: Style(.muted)
      ),
    ]
  }
}
