import KubernetesObjects
import Monitoring
import TerminalKit

/// An object as YAML, as its API server has it.
struct YAMLTab: Screen {
  enum Action {
    case search, nextMatch, previousMatch, managers, reveal, reload
    case down, up, pageDown, pageUp, first, last
  }

  static let bindings: [Binding<Action>] = [
    Binding("/", label: "Search", help: "Searches for a text", .search),
    Binding("n", label: "Next", help: "Goes to the next match", .nextMatch),
    Binding("N", help: "Goes to the match before", .previousMatch),
    Binding(
      "m",
      label: "Managed fields",
      help: "Shows who manages which fields, or folds it",
      .managers
    ),
    Binding("x", label: "Reveal", help: "Shows a Secret's values, or hides them", .reveal),
    Binding("r", "ctrl-r", label: "Reload", help: "Asks for the object again", .reload),
    Binding("j", "down", help: "Scrolls down", .down),
    Binding("k", "up", help: "Scrolls up", .up),
    Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Scrolls a page up", .pageUp),
    Binding("g", "home", help: "Goes to the beginning", .first),
    Binding("G", "end", help: "Goes to the end", .last),
  ]

  static let searchHints = [
    KeyHint(keys: ["enter"], label: "Go on with n and N", help: "Ends typing"),
    KeyHint(keys: ["esc"], label: "Clear it", help: "Clears the search"),
  ]

  private let object: ClusterObject
  private var content: ObjectText?
  /// Why there is no content, or no newer one.
  private var failure: String?
  private var loadedAt: Timestamp?
  private var isLoading = true
  /// Whether a Secret's values are shown, or asked for.
  private var isRevealed = false
  private var foldsManagers = true
  private var rows = YAMLRows()
  private var scroll = ScrollingText()
  private var search = FilterLine()
  /// The rows that have what is searched for, and which of them is the current one.
  private var matches: [Int] = []
  private var match: Int?
  private var size = Size(columns: 80, rows: 20)

  init(_ object: ClusterObject) { self.object = object }

  var title: String { "YAML" }
  var isTyping: Bool { search.isTyping }
  var usesEscape: Bool { search.usesEscape }

  var hints: [KeyHint] {
    if isTyping { return Self.searchHints }
    return Self.bindings.filter { $0.action != .reveal || isSecret }.map(\.hint)
  }

  private var isSecret: Bool { object.key.kind == ObjectKind("Secret") }

  /// Whether a Secret's values are in sight.
  var showsValues: Bool { isRevealed && content != nil }

  private var load: Effect { .loadObject(object, revealing: isRevealed) }

  /// An object is shown as it was when it was asked for.
  func refresh() -> [Effect] { content == nil && failure == nil ? [load] : [] }

  mutating func resize(_ region: Region) {
    size = Size(columns: region.size.columns, rows: max(1, region.size.rows - 1))
    layOut()
  }

  private mutating func layOut() {
    guard let content else { return }
    rows = YAMLRows(content, width: size.columns - 2, foldsManagers: foldsManagers)
    scroll.update(contentHeight: rows.rows.count, height: size.rows)
    matches = rows.rows(with: search.text)
    if let current = match { match = matches.isEmpty ? nil : min(current, matches.count - 1) }
  }
}

// MARK: - Changes

extension YAMLTab {
  mutating func update(_ message: Message) -> Bool {
    guard case .object(let answer, let time, let object, let isRevealed) = message,
      object == self.object, isRevealed == self.isRevealed
    else { return false }
    isLoading = false
    switch answer {
    case .text(let text):
      content = text
      failure = nil
      loadedAt = time
      layOut()
    case .failed(let reason): failure = reason
    }
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): scroll.scroll(by: rows)
    case .key(let key): return isTyping ? type(key) : perform(key)
    case .click, .paste, .resize, .signal: break
    }
    return []
  }

  private mutating func type(_ key: Key) -> [ScreenAction] {
    if search.type(key) == .changed {
      match = nil
      layOut()
      goToMatch(after: scroll.offset - 1)
    }
    return []
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    if key == .escape {
      search.clear()
      match = nil
      layOut()
      return []
    }
    switch Self.bindings.action(for: key) {
    case .search: search.begin()
    case .nextMatch: step(1)
    case .previousMatch: step(-1)
    case .managers:
      foldsManagers.toggle()
      layOut()
    case .reveal:
      guard isSecret else { return [] }
      isRevealed.toggle()
      // What is no longer to be seen is not kept either.
      if !isRevealed { content = nil }
      return reload()
    case .reload: return reload()
    case .down: scroll.scroll(by: 1)
    case .up: scroll.scroll(by: -1)
    case .pageDown: scroll.scroll(byPages: 1)
    case .pageUp: scroll.scroll(byPages: -1)
    case .first: scroll.scroll(by: -rows.rows.count)
    case .last: scroll.scroll(by: rows.rows.count)
    case nil: break
    }
    return []
  }

  private mutating func reload() -> [ScreenAction] {
    isLoading = true
    return [.perform(load)]
  }

  /// Goes to the first match behind a row, or to the first of all.
  private mutating func goToMatch(after row: Int) {
    match = matches.firstIndex { $0 > row } ?? matches.indices.first
    showMatch()
  }

  private mutating func step(_ step: Int) {
    guard !matches.isEmpty else { return }
    match = match.map { ($0 + step + matches.count) % matches.count } ?? 0
    showMatch()
  }

  private mutating func showMatch() {
    guard let match else { return }
    let row = matches[match]
    guard !(scroll.offset..<scroll.offset + size.rows).contains(row) else { return }
    scroll.scroll(by: row - size.rows / 3 - scroll.offset)
  }
}

// MARK: - Drawing

extension YAMLTab {
  func draw(on canvas: inout Canvas, in region: Region) {
    drawAbove(on: &canvas, row: region.row)
    let body = region.inset(top: 1)
    guard content != nil else {
      let text = failure ?? "Loading…"
      let style = Style(failure == nil ? .muted : .error)
      for (index, line) in DisplayText(text).wrapped(to: size.columns - 4).enumerated() {
        canvas.write(line, row: body.row + 1 + index, column: 2, style: style)
      }
      return
    }
    let shown = rows.rows.dropFirst(scroll.offset).prefix(body.size.rows)
    for (index, row) in zip(shown.indices, shown) {
      let line = body.row + index - scroll.offset
      var column = 1
      for segment in row.segments {
        column = canvas.write(segment.text, row: line, column: column, style: segment.style)
      }
      canvas.mark(
        search.text,
        in: row.text,
        isCurrent: match.map { matches[$0] } == index,
        row: line,
        column: 1
      )
    }
  }

  private func drawAbove(on canvas: inout Canvas, row: Int) {
    let room = search.draw(count: position, on: &canvas, row: row)
    guard !isTyping, !room.isEmpty else { return }
    var (text, style) = (loadedAt.map { "as of \($0.timeOfDay) UTC" } ?? "", Style(.muted))
    if isLoading, content != nil { (text, style) = ("Loading…", Style(.progress)) }
    if let failure, content != nil { (text, style) = (failure, Style(.error)) }
    let shown = DisplayText(text).cutAtEnd(to: room.count)
    canvas.write(shown, row: row, column: room.lowerBound, style: style)
  }

  /// Where the reader is: the match of all matches, or the rows of all rows.
  private var position: String {
    if search.usesEscape {
      return match.map { "\($0 + 1) of \(matches.count)" } ?? "\(matches.count) found"
    }
    guard !rows.rows.isEmpty else { return "" }
    let last = min(rows.rows.count, scroll.offset + size.rows)
    return "\(scroll.offset + 1)–\(last) of \(rows.rows.count)"
  }
}
