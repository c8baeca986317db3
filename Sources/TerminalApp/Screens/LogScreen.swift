import KubernetesObjects
import TerminalKit

/// Lists what was told in this run, the newest first.
struct LogScreen: Screen {
  static let bindings = ScrollMotion.bindings { $0 }

  private let log: NoticeLog
  private var text = ScrollingText()

  init(_ log: NoticeLog) { self.log = log }

  var title: String { "Log" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { [] }

  mutating func resize(_ region: Region) {
    let rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows)
  }

  mutating func update(_ message: Message) -> Bool { false }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
    case .key(let key):
      if let motion = Self.bindings.action(for: key) { text.scroll(motion) }
    case .click, .paste, .resize, .signal: break
    }
    return []
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(lines, on: &canvas, in: region)
  }

  private var lines: [ScrollingText.Line] {
    guard !log.entries.isEmpty else {
      return [.init("Nothing went wrong, and nothing was told, in this run.", style: Style(.muted))]
    }
    return log.entries.reversed().map { entry in
      let count = entry.count > 1 ? " (\(entry.count) times)" : ""
      return .init(entry.text + count, label: entry.time.map { "\($0.timeOfDay) UTC" } ?? "")
    }
  }
}
