import TerminalKit

/// Lists the keys of the screen that it was opened from, and what is the same on all.
struct HelpScreen: Screen {
  enum Action {
    case search
    case scroll(ScrollMotion)
  }

  static let bindings: [Binding<Action>] =
    [Binding("/", label: "Search", help: "Shows only lines with all words typed", .search)]
    + ScrollMotion.bindings(Action.scroll)

  private struct Section {
    let title: String
    /// What is told, and what it is told of.
    let lines: [(label: String, text: String)]
    /// What each line is found by besides; none where that is all.
    var words: [String] = []
  }

  private let sections: [Section]
  private var filter = FilterLine()
  private var text = ScrollingText()
  private var size = Size(columns: 80, rows: 20)
  let title: String

  /// `hints` are the keys of the screen called `about`, `everywhere` those of all screens.
  init(about: String, hints: [KeyHint], everywhere: [KeyHint]) {
    title = "Help: \(about)"
    func lines(_ hints: [KeyHint]) -> [(label: String, text: String)] {
      hints.map { ($0.keys.joined(separator: " "), $0.help) }
    }
    sections = [
      Section(title: "On this screen", lines: lines(hints), words: hints.map(\.label)),
      Section(title: "On every screen", lines: lines(everywhere), words: everywhere.map(\.label)),
      Section(
        title: "Commands",
        lines: CommandWord.all.map { (":\($0.names[0])", $0.help) }
          + [(":pods shop /web", "objects of any kind, by namespace, labels and words")]
      ),
      Section(
        title: "Marks",
        lines: [
          ("✖", "critical: something is broken now"),
          ("▲", "warning: something is wrong, and may break"), ("●", "info: worth knowing"),
          ("·", "not told by the API server yet"),
          (
            "settling",
            "A condition is a finding once it has lasted for its check's settle window."
          ),
        ]
      ),
    ]
  }

  var hints: [KeyHint] { isTyping ? FilterLine.hints : Self.bindings.map(\.hint) }
  var isTyping: Bool { filter.isTyping }
  var usesEscape: Bool { filter.usesEscape }

  func refresh() -> [Effect] { [] }

  mutating func resize(_ region: Region) {
    size = region.size
    fit()
  }

  private mutating func fit() {
    let rows = ScrollingText.rows(of: lines, width: size.columns)
    text.update(contentHeight: rows.count, height: size.rows - filterHeight)
  }

  /// The search has a row where there is one.
  private var filterHeight: Int { filter.usesEscape ? 1 : 0 }

  mutating func update(_ message: Message) -> Bool { false }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key) where isTyping:
      if filter.type(key) != .ignored { fit() }
    case .key(.escape):
      filter.clear()
      fit()
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .search:
        filter.begin()
        fit()
      case .scroll(let motion): text.scroll(motion)
      case nil: break
      }
    case .wheel(let rows): text.scroll(by: rows)
    case .click, .paste, .resize, .signal: break
    }
    return []
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    if filter.usesEscape { filter.draw(count: "", on: &canvas, row: region.row) }
    text.draw(lines, on: &canvas, in: region.inset(top: filterHeight))
  }

  private var lines: [ScrollingText.Line] {
    let words = filter.text.lowercased().split(separator: " ")
    let found = sections.map { section in
      let lines = section.lines.enumerated().filter { index, line in
        let other = section.words.indices.contains(index) ? section.words[index] : ""
        let text = "\(line.label) \(line.text) \(other)".lowercased()
        return words.allSatisfy { text.contains($0) }
      }
      return Section(title: section.title, lines: lines.map(\.element))
    }.filter { !$0.lines.isEmpty }
    guard !found.isEmpty else {
      return [.init("No line has all of these words. esc clears them.", style: Style(.muted))]
    }
    let width = found.flatMap(\.lines).map { DisplayText($0.label).width }.max() ?? 0
    let blocks = found.map { section in
      [ScrollingText.Line(section.title, style: Style(.header, isBold: true))]
        + section.lines.map { label, text in
          let padding = String(repeating: " ", count: width - DisplayText(label).width)
          return ScrollingText.Line(text, label: label + padding)
        }
    }
    return Array(blocks.joined(separator: [ScrollingText.Line("")]))
  }
}
