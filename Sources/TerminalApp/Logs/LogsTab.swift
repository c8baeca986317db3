import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit

/// The log of a Pod, or of the Pods of a workload, as it is written.
struct LogsTab: Screen {
  enum Action: Equatable {
    case start(LogStart)
    case follow, wrap, times, allContainers, nextContainer, previous
    case search, nextMatch, previousMatch, save, clear
    case down, up, pageDown, pageUp, first, last, left, right
  }

  static let bindings: [Binding<Action>] = [
    Binding("/", label: "Search", help: "Searches for a text", .search),
    Binding("s", "f", label: "Follow", help: "Stays at the end, or no longer", .follow),
    Binding("w", label: "Wrap", help: "Breaks long lines, or cuts them", .wrap),
    Binding("t", label: "Times", help: "Shows when lines were written, or no longer", .times),
    Binding("c", label: "Container", help: "Shows the next container", .nextContainer),
    Binding("a", label: "All", help: "Shows all containers, or one again", .allContainers),
    Binding("p", label: "Previous", help: "Shows the run before, or the present one", .previous),
    Binding("ctrl-s", label: "Save", help: "Writes what is kept into a file", .save),
    Binding("n", help: "Goes to the next match", .nextMatch),
    Binding("N", help: "Goes to the match before", .previousMatch),
    Binding("C", help: "Clears what is shown; what comes is shown", .clear),
    Binding("0", help: "Shows the last lines", .start(.tail)),
    Binding("1", help: "Shows the log from its beginning", .start(.head)),
    Binding("2", help: "Shows the last minute", .start(.minute)),
    Binding("3", help: "Shows the last 5 minutes", .start(.fiveMinutes)),
    Binding("4", help: "Shows the last 15 minutes", .start(.quarter)),
    Binding("5", help: "Shows the last 30 minutes", .start(.halfHour)),
    Binding("6", help: "Shows the last hour", .start(.hour)),
    Binding("j", "down", help: "Scrolls down", .down),
    Binding("k", "up", help: "Scrolls up, and stays there", .up),
    Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Scrolls a page up", .pageUp),
    Binding("g", "home", help: "Goes to the beginning", .first),
    Binding("G", "end", help: "Goes to the end, and stays there", .last),
    Binding("left", help: "Shows what was to the left of long lines", .left),
    Binding("right", help: "Shows what is to the right of long lines", .right),
  ]

  private let object: ClusterObject
  private var request: LogRequest
  private var start = LogStart.tail
  private var isReading = false
  private var news = LogNews()
  private var isLoaded = false
  private var view = LogView()
  private var search = FilterLine()
  private var regionRow = 3
  /// The container that one comes back to from all.
  private var chosen = LogRequest.Containers.standard

  init(_ object: ClusterObject, isPrevious: Bool = false) {
    self.object = object
    request = LogRequest(
      id: .random(in: 0 ... .max),
      object,
      start: LogStart.tail.option,
      isPrevious: isPrevious
    )
  }

  var title: String { "Logs" }
  var hints: [KeyHint] { isTyping ? YAMLTab.searchHints : Self.bindings.map(\.hint) }
  var isTyping: Bool { search.isTyping }
  var usesEscape: Bool { search.usesEscape }

  func refresh() -> [Effect] { [] }

  /// While nobody sees the log nothing is asked for, and what is written waits at its server.
  mutating func missing() -> [Effect] {
    guard !isReading, !news.isComplete else { return [] }
    isReading = true
    return [.readLog(request)]
  }

  mutating func leave() -> [Effect] {
    let old = request.id
    restart()
    return [.closeLog(old)]
  }

  mutating func resize(_ region: Region) {
    regionRow = region.row
    view.resize(Size(columns: region.size.columns, rows: max(1, region.size.rows - 1)))
  }

  /// Makes everything ready to be read anew.
  private mutating func restart() {
    request = LogRequest(
      id: .random(in: 0 ... .max),
      object,
      containers: request.containers,
      start: request.start,
      isPrevious: request.isPrevious
    )
    let containers = news.containers
    (news, isReading, isLoaded) = (LogNews(), false, false)
    // Which containers there are is known already, for whoever chooses the next one.
    news.containers = containers
    view.clear()
    view.sticksToEnd = request.start != .beginning
  }
}

// MARK: - Changes

extension LogsTab {
  mutating func update(_ message: Message) -> Bool {
    guard case .log(let news, request.id) = message else { return false }
    isReading = false
    guard let news else {
      self.news.isComplete = true
      return false
    }
    isLoaded = true
    view.add(news.entries, from: news.sources)
    self.news = news
    self.news.entries = []
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): view.scroll(by: rows)
    case .key(let key): return isTyping ? type(key) : perform(key)
    case .click, .paste, .resize, .signal: break
    }
    return []
  }

  private mutating func type(_ key: Key) -> [ScreenAction] {
    if search.type(key) == .changed { view.setSearch(search.text) }
    return []
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    if key == .escape {
      search.clear()
      view.setSearch("")
      return []
    }
    switch Self.bindings.action(for: key) {
    case .start(let start):
      (self.start, request.start) = (start, start.option)
      return reread()
    case .allContainers:
      request.containers = request.containers == .all ? chosen : .all
      return reread()
    case .nextContainer: return showNextContainer()
    case .previous:
      request.isPrevious.toggle()
      return reread()
    case .follow: view.sticksToEnd.toggle()
    case .wrap: view.layout.wraps.toggle()
    case .times: view.layout.showsTimes.toggle()
    case .search: search.begin()
    case .nextMatch: view.goToMatch(forwards: true)
    case .previousMatch: view.goToMatch(forwards: false)
    case .save: return save()
    case .clear: view.clear()
    case .down: view.scroll(by: 1)
    case .up: view.scroll(by: -1)
    case .pageDown: view.scroll(byPages: 1)
    case .pageUp: view.scroll(byPages: -1)
    case .first: view.goToStart()
    case .last: view.sticksToEnd = true
    case .left: view.shift(by: -1)
    case .right: view.shift(by: 1)
    case nil: break
    }
    return []
  }

  private mutating func showNextContainer() -> [ScreenAction] {
    guard news.containers.count > 1 else { return [] }
    let names = news.containers
    let shown = news.sources.last?.container
    let current = request.containers == .all ? nil : shown.flatMap(names.firstIndex)
    chosen = .named(names[current.map { ($0 + 1) % names.count } ?? 0])
    request.containers = chosen
    return reread()
  }

  private mutating func reread() -> [ScreenAction] {
    let old = request.id
    restart()
    return [.perform(.closeLog(old))] + missing().map(ScreenAction.perform)
  }

  private func save() -> [ScreenAction] {
    let key = object.key
    let parts = [object.cluster, key.namespace, key.name, request.isPrevious ? "previous" : ""]
    let name = parts.filter { !$0.isEmpty }.joined(separator: "_")
    return [.perform(.saveText(name: name, lines: view.savedLines))]
  }
}

// MARK: - Drawing

extension LogsTab {
  func draw(on canvas: inout Canvas, in region: Region) {
    drawAbove(on: &canvas, row: region.row)
    let body = region.inset(top: 1)
    guard !view.isEmpty else {
      let text = isLoaded ? emptyText : "Loading…"
      for (index, line) in DisplayText(text).wrapped(to: region.size.columns - 4).enumerated() {
        canvas.write(line, row: body.row + 1 + index, column: 2, style: Style(.muted))
      }
      return
    }
    view.draw(on: &canvas, in: body)
  }

  private var emptyText: String {
    if news.sources.isEmpty {
      return "No container is read: none is there, or none has started yet."
    }
    switch request.start {
    case .seconds: return "Nothing was written in the last \(start.name). 0 shows the last lines."
    default: return "Nothing was written yet."
    }
  }

  private func drawAbove(on canvas: inout Canvas, row: Int) {
    let room = search.draw(count: view.position(isSearching: usesEscape), on: &canvas, row: row)
    guard !isTyping, !room.isEmpty else { return }
    let text = DisplayText(state).cutAtEnd(to: room.count)
    canvas.write(text, row: row, column: room.lowerBound, style: Style(.muted))
  }

  /// What is read, and how it is shown.
  private var state: String {
    var parts: [String] = []
    let pods = Set(news.sources.map(\.pod)).count
    if news.podCount > 1 {
      parts.append(
        // Those that a rollout has replaced are read to their end.
        pods < news.podCount ? "\(pods) of \(news.podCount) Pods" : "\(news.podCount) Pods"
      )
    }
    switch request.containers {
    case .all: parts.append("all containers")
    case .standard, .named:
      if let name = news.sources.last?.container {
        let others = news.containers.count > 1 ? " of \(news.containers.count)" : ""
        parts.append("container \(name)\(others)")
      }
    }
    if request.isPrevious { parts.append("previous run") }
    parts.append(start.name)
    parts.append(view.sticksToEnd ? "following" : "staying")
    if view.droppedCount > 0 {
      let bound = "keeps \(LogBuffer.mostLines) lines or \(LogBuffer.mostBytes >> 20) MB"
      parts.insert("\(view.droppedCount) older dropped (\(bound))", at: 0)
    }
    return parts.joined(separator: ", ")
  }
}
