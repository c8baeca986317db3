import KubernetesObjects
import Monitoring
import TerminalKit

/// What an object is, what is wrong with it, and what is around it.
struct DescriptionTab: Screen {
  enum Action {
    case move(ListMotion)
    case open, reload
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Opens what the row is about", .open),
      Binding("r", "ctrl-r", label: "Reload", help: "Asks for everything again", .reload),
    ] + ListMotion.bindings(Action.move)

  /// How often Events are asked for, in seconds.
  private static let eventInterval = 5

  let object: ClusterObject
  private var surroundings: Surroundings?
  /// Whether the graph has told, be it that it knows of no such object.
  private var isTold = false
  private var facts: ObjectFacts?
  private var failure: String?
  private var events: ObjectEvents?
  private var now: Timestamp?
  private var ticks = 0
  /// Whether a second has passed.
  private var isDue = false
  private var lacksEvents = false
  private var lacksFacts = false
  /// The version that `facts` are of, as the graph knew it then; they are asked for again when it has another.
  private var askedVersion: String?
  private var rows = LinkedRows()
  private var region = Region(row: 3, column: 0, columns: 80, rows: 20)

  init(_ object: ClusterObject) { self.object = object }

  var title: String { "Description" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  private var load: [Effect] {
    [
      .loadSurroundings(.object(object.key), cluster: object.cluster), .loadFacts(object),
      .loadEvents(object),
    ]
  }

  func refresh() -> [Effect] { isTold ? [] : load }

  /// However often the cluster changes, what is around the object is asked for once a second.
  mutating func missing() -> [Effect] {
    defer { (isDue, lacksEvents, lacksFacts) = (false, false, false) }
    var effects: [Effect] = []
    if isDue { effects.append(.loadSurroundings(.object(object.key), cluster: object.cluster)) }
    if lacksEvents { effects.append(.loadEvents(object)) }
    if lacksFacts { effects.append(.loadFacts(object)) }
    return effects
  }

  mutating func resize(_ region: Region) {
    self.region = region
    rows.resize(height: region.size.rows)
    layOut()
  }

  private mutating func layOut() {
    let description = DescriptionRows(
      object: object,
      surroundings: surroundings,
      isTold: isTold,
      facts: facts,
      failure: failure,
      events: events,
      now: now,
      width: region.size.columns
    )
    rows.update(description.rows)
  }
}

// MARK: - Changes

extension DescriptionTab {
  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .surroundings(let surroundings, let time, .object(object.key), object.cluster):
      if !isTold { askedVersion = surroundings?.resourceVersion }
      (self.surroundings, isTold) = (surroundings, true)
      now = max(now ?? time, time)
    case .facts(let answer, object):
      askedVersion = surroundings?.resourceVersion
      switch answer {
      case .facts(let facts): (self.facts, failure) = (facts, nil)
      case .failed(let reason): failure = reason
      }
    case .events(let events, object): self.events = events
    case .tick(let time):
      ticks += 1
      now = time
      isDue = isTold
      lacksEvents = ticks % Self.eventInterval == 0
      lacksFacts =
        isTold && failure == nil && surroundings.map { $0.resourceVersion != askedVersion } ?? false
    default: return false
    }
    let old = rows.rows
    layOut()
    return rows.rows != old
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let count): rows.wheel(count)
    case .click(let row, _):
      if rows.click(row: row - region.row) { return rows.open() }
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): rows.move(motion)
      case .open: return rows.open()
      case .reload:
        failure = nil
        return load.map(ScreenAction.perform)
      case nil: break
      }
    case .paste, .resize, .signal: break
    }
    return []
  }

  func draw(on canvas: inout Canvas, in region: Region) { rows.draw(on: &canvas, in: region) }
}
