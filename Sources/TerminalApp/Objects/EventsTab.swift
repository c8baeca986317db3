import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit

/// The Events about an object, newest first.
struct EventsTab: Screen {
  enum Action {
    case move(ListMotion)
    case reload
  }

  static let bindings: [Binding<Action>] =
    [Binding("r", "ctrl-r", label: "Reload", help: "Asks for the Events again", .reload)]
    + ListMotion.bindings(Action.move)

  /// How often they are asked for, in seconds.
  private static let interval = 5

  let object: ClusterObject
  private var events: ObjectEvents?
  private var now: Timestamp?
  private var ticks = 0
  private var isDue = false
  private var rows = LinkedRows()
  private var region = Region(row: 3, column: 0, columns: 80, rows: 20)

  init(_ object: ClusterObject) { self.object = object }

  var title: String { "Events" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { events == nil ? [.loadEvents(object)] : [] }

  mutating func missing() -> [Effect] {
    defer { isDue = false }
    return isDue ? [.loadEvents(object)] : []
  }

  mutating func resize(_ region: Region) {
    self.region = region
    rows.resize(height: region.size.rows - 1)
    layOut()
  }

  private mutating func layOut() { rows.update(makeRows()) }

  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .events(let events, object): self.events = events
    case .tick(let time):
      ticks += 1
      isDue = ticks % Self.interval == 0
      now = time
    default: return false
    }
    let old = rows.rows
    layOut()
    return rows.rows != old
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let count): rows.wheel(count)
    case .click(let row, _): _ = rows.click(row: row - region.row - 1)
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): rows.move(motion)
      case .reload: return [.perform(.loadEvents(object))]
      case nil: break
      }
    case .paste, .resize, .signal: break
    }
    return []
  }

  // MARK: - Drawing

  /// The columns in which ages and counts stand.
  private static let columns = (last: 2, first: 8, count: 15, text: 21)

  func draw(on canvas: inout Canvas, in region: Region) {
    if case .events(let events) = events, !events.isEmpty {
      let columns = Self.columns
      for (column, title) in [
        (columns.last, "LAST"), (columns.first, "FIRST"), (columns.count, "COUNT"),
        (columns.text, "WHAT HAPPENED"),
      ] {
        canvas.write(title, row: region.row, column: column, style: Style(.header, isBold: true))
      }
    }
    rows.draw(on: &canvas, in: region.inset(top: 1))
  }

  private func makeRows() -> [LinkedRows.Row] {
    switch events {
    case nil: return LinkedRows.rows("Loading…", Style(.muted), width: region.size.columns)
    case .failed(let reason):
      return LinkedRows.rows(reason, Style(.error), width: region.size.columns)
    case .events(let events) where events.isEmpty:
      let text = "No Event is about it. Kubernetes keeps them for an hour."
      return LinkedRows.rows(text, Style(.muted), width: region.size.columns)
    case .events(let events): return events.flatMap(rows)
    }
  }

  private func rows(of event: ObjectEvent) -> [LinkedRows.Row] {
    let columns = Self.columns
    var label = Self.padded(age(event.last), to: columns.first - columns.last)
    label += Self.padded(age(event.first), to: columns.count - columns.first)
    label += Self.padded("\(event.count)", to: columns.text - columns.count - 1)
    let who = event.reporter.isEmpty ? "" : " [\(event.reporter)]"
    let text = "\(event.isWarning ? "▲ " : "")\(event.reason): \(event.message)\(who)"
    var rows = LinkedRows.rows(
      text,
      Style(event.isWarning ? .warning : .text),
      label: label,
      width: region.size.columns
    )
    // The selection stays on its Event while new ones come above it.
    for index in rows.indices {
      rows[index].mark = "\(event.reason) \(event.message) \(event.first?.rfc3339 ?? "") \(index)"
    }
    return rows
  }

  private func age(_ time: Timestamp?) -> String {
    time.map { Age.text(from: $0, to: now ?? $0) } ?? "-"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
