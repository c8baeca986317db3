import Healing
import KubernetesObjects
import Monitoring
import TerminalKit

/// One object: what it is, its YAML, its Events, its logs, and the graph around it, each on a tab.
struct ObjectScreen: Screen {
  enum Tab: Int, Sendable, CaseIterable {
    case description, yaml, events, logs, graph

    var label: String {
      switch self {
      case .description: "Describe"
      case .yaml: "YAML"
      case .events: "Events"
      case .logs: "Logs"
      case .graph: "Graph"
      }
    }

    /// What its keys stand under in the configuration.
    var keyTable: String { label.lowercased() }
  }

  enum Action: Equatable {
    case next, previous
    case show(Tab)
    case previousLog, copy, shell, edit, delete, trigger, restart
  }

  static let bindings: [Binding<Action>] = [
    Binding("tab", label: "Tabs", help: "Shows the next tab", .next),
    Binding("shift-tab", help: "Shows the tab before", .previous),
    Binding("d", help: "Describes the object", .show(.description)),
    Binding("y", help: "Shows the object as YAML", .show(.yaml)),
    Binding("v", help: "Shows the Events about it", .show(.events)),
    Binding("l", help: "Shows its log, or those of its Pods", .show(.logs)),
    Binding("p", help: "Shows the log of the run before", .previousLog),
    Binding("x", help: "Shows the graph around it", .show(.graph)),
    Binding("c", help: "Copies its name", .copy),
    Binding("s", help: "Opens a shell in the Pod, by kubectl", changes: true, .shell),
    Binding("e", help: "Edits the object in $EDITOR", changes: true, .edit),
    Binding("ctrl-d", help: "Deletes the object", changes: true, .delete),
    Binding("t", help: "Runs the CronJob once, now", changes: true, .trigger),
    Binding("r", help: "Restarts the workload, or drains the Node", changes: true, .restart),
  ]

  private let object: ClusterObject
  private var tab: Tab
  /// The tabs that were looked at, as they were left.
  private var screens: [Tab: any Screen] = [:]
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ object: ClusterObject, tab: Tab = .description, isPreviousLog: Bool = false) {
    self.object = object
    let tabs = Self.tabs(of: object.key.kind)
    self.tab = tabs.contains(tab) ? tab : .description
    screens[self.tab] = Self.screen(self.tab, object, isPreviousLog: isPreviousLog)
  }

  var title: String { "\(object.key) @\(object.cluster)" }
  var isTyping: Bool { current.isTyping }
  var usesEscape: Bool { current.usesEscape }

  /// Where the tab has a key for itself, that holds.
  var keyTables: [String] { [tab.keyTable, "object"] }
  var notice: String? { current.notice }

  /// A log is more than what is in sight of it.
  var savesItself: Bool { tab == .logs }

  var hints: [KeyHint] {
    isTyping
      ? current.hints
      : current.hints.prefix(1) + Self.bindings.prefix(1).map(\.hint) + current.hints.dropFirst()
        + Self.bindings.dropFirst().filter { isMeant($0) }.map(\.hint)
        + [KeyHint(keys: ["1–\(tabs.count)"], label: "", help: "Shows this tab, but among logs")]
  }

  /// What has Pods has logs.
  private static func tabs(of kind: ObjectKind) -> [Tab] {
    kind.mayHavePods ? Tab.allCases : Tab.allCases.filter { $0 != .logs }
  }

  private var tabs: [Tab] { Self.tabs(of: object.key.kind) }

  private static func screen(
    _ tab: Tab,
    _ object: ClusterObject,
    isPreviousLog: Bool = false
  ) -> any Screen {
    switch tab {
    case .description: DescriptionTab(object)
    case .yaml: YAMLTab(object)
    case .events: EventsTab(object)
    case .logs: LogsTab(object, isPrevious: isPreviousLog)
    case .graph: GraphTab(object)
    }
  }

  var current: any Screen {
    get { screens[tab] ?? Self.screen(tab, object) }
    set { screens[tab] = newValue }
  }

  /// Whether a key has a meaning for an object of its kind, on the tab that is shown.
  private func isMeant(_ binding: Binding<Action>) -> Bool {
    guard !tabUses(binding.keys[0]) else { return false }
    return switch binding.action {
    case .shell: tab == .graph || object.key.kind == Pod.kind
    case .trigger: tab == .graph || object.key.kind == CronJob.kind
    case .restart: tab == .graph || isRestarted
    default: true
    }
  }

  private var isRestarted: Bool { object.key.kind.isRestarted || object.key.kind == Node.kind }

  /// Whether a key means something else on the tab that is shown.
  private func tabUses(_ key: Key) -> Bool {
    switch tab {
    case .yaml: key == "x" && object.key.kind == Secret.kind || key == "r" && !isRestarted
    case .logs: ["p", "c", "s", "t"].contains(key)
    case .description, .events: key == "r" && !isRestarted
    case .graph: false
    }
  }
}

// MARK: - Changes

extension ObjectScreen {
  func refresh() -> [Effect] { current.refresh() }
  mutating func missing() -> [Effect] { current.missing() }
  func refreshEachSecond() -> [Effect] { current.refreshEachSecond() }

  mutating func leave() -> [Effect] {
    screens.keys.sorted { $0.rawValue < $1.rawValue }.flatMap { screens[$0]?.leave() ?? [] }
  }

  mutating func resize(_ region: Region) {
    self.region = region
    for key in screens.keys { screens[key]?.resize(region.inset(top: 1)) }
  }

  mutating func update(_ message: Message) -> Bool {
    var looksDifferent = false
    for key in screens.keys {
      let isDifferent = screens[key]?.update(message) ?? false
      if key == tab { looksDifferent = isDifferent }
    }
    return looksDifferent
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .click(row: region.row, let column):
      guard let tab = tab(at: column) else { return [] }
      return show(tab)
    case .key(let key) where !isTyping && !tabUses(key):
      if let action = Self.bindings.action(for: key) { return perform(action) }
      if tab != .logs, case .character(let digit) = key, let number = digit.wholeNumberValue,
        (1...tabs.count).contains(number)
      {
        return show(tabs[number - 1])
      }
      return current.update(input)
    default: return current.update(input)
    }
  }

  private mutating func perform(_ action: Action) -> [ScreenAction] {
    let isOnGraph = tab == .graph
    let other = isOnGraph ? (current as? GraphTab)?.otherObject : nil
    if let other, let actions = show(action, of: other) { return actions }
    let about = other ?? object
    switch action {
    case .next: return show(by: 1)
    case .previous: return show(by: -1)
    case .show(let tab): return tabs.contains(tab) ? show(tab) : noLogs
    case .previousLog:
      guard tabs.contains(.logs) else { return noLogs }
      let left = screens[.logs]?.leave() ?? []
      screens[.logs] = Self.screen(.logs, object, isPreviousLog: true)
      return left.map(ScreenAction.perform) + show(.logs)
    case .copy: return [.perform(.copyName(of: about))]
    case .shell: return [.perform(.shell(in: about))]
    case .edit:
      let isRevealed = (current as? YAMLTab)?.showsValues == true
      return [.perform(.editor(on: about, isRevealed: isRevealed))]
    case .delete: return [.perform(.propose(.delete(), [about]))]
    case .trigger: return [.perform(.trigger([about]))]
    case .restart: return [.perform(.restart([about]))]
    }
  }

  /// In the graph keys are about the selected object.
  private func show(_ action: Action, of other: ClusterObject) -> [ScreenAction]? {
    switch action {
    case .show(let tab): return [.push(ObjectScreen(other, tab: tab))]
    case .previousLog: return [.push(ObjectScreen(other, tab: .logs, isPreviousLog: true))]
    case .next, .previous, .copy, .shell, .edit, .delete, .trigger, .restart: return nil
    }
  }

  private var noLogs: [ScreenAction] {
    [.perform(.tell("A \(object.key.kind.name) has no logs."))]
  }

  private mutating func show(by step: Int) -> [ScreenAction] {
    let place = tabs.firstIndex(of: tab) ?? 0
    return show(tabs[(place + step + tabs.count) % tabs.count])
  }

  private mutating func show(_ tab: Tab) -> [ScreenAction] {
    self.tab = tab
    if screens[tab] == nil { screens[tab] = Self.screen(tab, object) }
    screens[tab]?.resize(region.inset(top: 1))
    return (current.refresh() + current.missing()).map(ScreenAction.perform)
  }
}

// MARK: - Drawing

extension ObjectScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    for (tab, columns) in zip(tabs, tabColumns) {
      let isShown = tab == self.tab
      let style = isShown ? Style(.header, isBold: true, isReversed: true) : Style(.muted)
      canvas.write(label(of: tab), row: region.row, column: columns.lowerBound, style: style)
    }
    current.draw(on: &canvas, in: region.inset(top: 1))
  }

  private func label(of tab: Tab) -> String {
    " \((tabs.firstIndex(of: tab) ?? 0) + 1) \(tab.label) "
  }

  private var tabColumns: [Range<Int>] {
    var column = 1
    return tabs.map { tab in
      defer { column += label(of: tab).count + 1 }
      return column..<column + label(of: tab).count
    }
  }

  private func tab(at column: Int) -> Tab? {
    zip(tabs, tabColumns).first { $1.contains(column) }?.0
  }
}

extension ObjectKind {
  /// Whether an object of the kind is a Pod or may stand for some.
  fileprivate var mayHavePods: Bool {
    let others: Set<ObjectKind> = [
      Pod.kind, Deployment.kind, ReplicaSet.kind, StatefulSet.kind, DaemonSet.kind, Job.kind,
      CronJob.kind, Service.kind, ObjectKind("ReplicationController"),
    ]
    return others.contains(self) || !isBuiltIn
  }
}
