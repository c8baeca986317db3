import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
import Monitoring
import RemoteChecks
import TerminalKit

/// Lists the clusters: how each is connected, how far its sync is, what is not inspected.
struct ClustersScreen: Screen {
  enum Action {
    case move(ListMotion)
    case open, retry, more
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Findings", help: "Shows this cluster's findings", .open),
      Binding(
        "r",
        label: "Retry",
        help: "Tries again now: the connection, signing in, inventories",
        .retry
      ),
      Binding(
        "space",
        label: "More",
        help: "Shows more of what is known of the cluster; from the end, its beginning",
        .more
      ),
    ] + ListMotion.bindings(Action.move)

  private var statuses: [ClusterStatus]
  private var history = FleetHistory()
  private var list = ListState<String>()
  /// What is known of the selected cluster, beneath the list.
  private var detail = ScrollingText()
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ statuses: [ClusterStatus] = []) {
    self.statuses = statuses
    list.update(count: statuses.count, selectedIndex: 0)
  }

  var title: String { "Fleet" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { [.loadHistory] }
  func refreshEachSecond() -> [Effect] { [.loadStatuses, .loadHistory] }

  mutating func resize(_ region: Region) {
    self.region = region
    fit()
  }

  /// However many clusters there are, something of the selected one is told beneath them.
  private mutating func fit() {
    list.resize(height: min(region.size.rows - 1, max(statuses.count, 1), region.size.rows / 2))
    detail.update(contentHeight: detailRows.count, height: detailRegion.size.rows)
  }

  private var detailRegion: Region { region.inset(top: min(statuses.count, list.height) + 2) }

  private var detailRows: [ScrollingText.Row] {
    guard statuses.indices.contains(list.index) else { return [] }
    return ScrollingText.rows(
      of: lines(about: statuses[list.index]),
      width: region.size.columns
    )
  }

  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .statuses(let statuses) where statuses != self.statuses:
      self.statuses = statuses
      list.update(count: statuses.count, selectedIndex: list.index)
    case .history(let history) where history != self.history: self.history = history
    default: return false
    }
    fit()
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    let selected = list.index
    defer {
      if list.index != selected { detail.bring(row: 0) }
      fit()
    }
    switch input {
    case .wheel(let rows): list.move(by: rows)
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): list.move(motion)
      case .more:
        let isAtEnd = detail.offset + detailRegion.size.rows >= detailRows.count
        detail.scroll(by: isAtEnd ? -detail.offset : max(1, detailRegion.size.rows - 1))
      case .retry:
        guard statuses.indices.contains(list.index) else { return [] }
        return [.perform(.retry(cluster: statuses[list.index].name))]
      case .open:
        guard statuses.indices.contains(list.index) else { return [] }
        return [.push(FindingsScreen(cluster: statuses[list.index].name))]
      case nil: break
      }
    case .click(let row, _):
      // The body begins after the title's two rows; its own first one is the header.
      if list.click(row: row - 3) == .open { return update(.key("enter")) }
    case .paste, .resize, .signal: break
    }
    return []
  }
}

// MARK: - Drawing

extension ClustersScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    let columns = ClusterColumns(statuses, history, width: region.size.columns)
    columns.drawHeader(on: &canvas, row: region.row)
    for (index, status) in statuses.enumerated().dropFirst(list.offset).prefix(list.height) {
      let row = region.row + 1 + index - list.offset
      columns.draw(status, on: &canvas, row: row)
      guard index == list.index else { continue }
      canvas.write(">", row: row, column: 0, style: Style(.key))
      canvas.restyle(row: row, in: region) { $0.role = .selection }
    }
    detail.draw(detailRows, on: &canvas, in: detailRegion)
  }

  /// The facts about a cluster, their names in a column of their own.
  private func lines(about status: ClusterStatus) -> [ScrollingText.Line] {
    var lines = facts(about: status)
    let width = lines.map { DisplayText($0.label).width }.max() ?? 0
    for index in lines.indices where !lines[index].label.isEmpty {
      let missing = width - DisplayText(lines[index].label).width
      lines[index].label += String(repeating: " ", count: missing)
    }
    return lines
  }

  private func facts(about status: ClusterStatus) -> [ScrollingText.Line] {
    guard !status.isAgentAlone else { return AgentLines.lines(about: status) }
    var lines: [ScrollingText.Line] = [
      .init(status.server, label: "server"),
      .init(status.version.isEmpty ? "not known yet" : status.version, label: "version"),
    ]
    let since = Age.text(from: status.connectionSince, to: status.now)
    lines.append(.init("\(status.connection.word) for \(since)", label: "connection"))
    lines += AgentLines.lines(about: status)
    if let rule = status.readOnlyRule {
      lines.append(.init("read-only: \(rule)", style: Style(.warning), label: "changes"))
    }
    if let reason = status.connection.trouble {
      lines.append(.init(reason, style: Style(.error), label: "trouble"))
    }
    let counts = Severity.allCases.map { "\(status.findings[$0] ?? 0) \($0.name)" }
    let muted = status.mutedCount > 0 ? ", \(status.mutedCount) muted" : ""
    lines.append(.init(counts.joined(separator: ", ") + muted, label: "findings"))
    let kinds = "\(status.kindsSynced) of \(status.kindsTotal) kinds followed"
    lines.append(.init("\(status.objectCount), \(kinds)", label: "objects"))
    let lag = (Double(status.lag.milliseconds) / 1000).oneDecimal
    lines.append(
      .init(
        "\(status.eventsPerSecond.oneDecimal) a second, inspected \(lag) s later",
        label: "events"
      )
    )
    let limit = status.settlesAtMost.map { ", shortened to at most \($0.components.seconds) s" }
    lines.append(.init("\(status.suspectCount)\(limit ?? "")", label: "settling"))
    if status.reading == .done { lines += connectionLines(about: status) }
    for inventory in status.inventories { lines += self.lines(about: inventory, at: status.now) }
    for remote in status.remoteChecks {
      let style = Style(remote.isKnown && remote.fault == nil ? .text : .warning)
      lines.append(.init(remote.summary, style: style, label: "remote check"))
    }
    for broken in status.brokenGroups {
      let line = "\(broken.groupVersion): \(broken.reason)"
      lines.append(.init(line, style: Style(.warning), label: "broken API group"))
    }
    guard !status.notInspected.isEmpty || !status.brokenGroups.isEmpty else {
      return lines + [.init("all kinds are inspected", style: Style(.success))]
    }
    guard !status.notInspected.isEmpty else { return lines }
    lines += [.init(""), .init("Not inspected", style: Style(.header, isBold: true))]
    for group in NotInspectedGroup.groups(of: status.notInspected) {
      let kinds = group.kinds.map(\.description).joined(separator: ", ")
      lines.append(.init("\(group.reason): \(kinds)", style: Style(.warning), indent: 2))
      guard !group.checks.isEmpty else { continue }
      let checks = group.checks.map(\.description).joined(separator: ", ")
      lines.append(.init("needed by \(checks)", style: Style(.muted), indent: 4))
    }
    return lines
  }

  /// How an inventory stands, and what of it could not be used.
  private func lines(
    about inventory: InventoryStatus,
    at now: Timestamp
  ) -> [ScrollingText.Line] {
    let isWell = inventory.isKnown && inventory.trouble == nil
    let summary = ScrollingText.Line(
      inventory.summary(at: now),
      style: Style(isWell ? .text : .warning),
      label: "inventory"
    )
    return [summary] + inventory.problems.map { .init($0, style: Style(.muted), indent: 4) }
  }

  /// How the connection is doing.
  private func connectionLines(about status: ClusterStatus) -> [ScrollingText.Line] {
    let requests = status.requests
    var streams = "\(status.resumes) resumed, \(status.relists) listed again"
    if let time = status.lastEvent {
      streams += ", last event \(Age.text(from: time, to: status.now)) ago"
    }
    if status.differencesFound > 0 { streams += ", \(status.differencesFound) repaired" }
    var answers = "\(requests.requests) asked, \(requests.failures) refused or failed"
    if requests.throttled > 0 { answers += ", \(requests.throttled) told to wait" }
    if let median = requests.medianLatency, let slow = requests.latency99 {
      answers += ", \(median.milliseconds) ms median, \(slow.milliseconds) ms p99"
    }
    var lines: [ScrollingText.Line] = [
      .init("\(ByteCount.text(requests.bytesReceived)) received, \(streams)", label: "streams"),
      .init(answers, label: "requests"),
    ]
    let certificates = [
      ("client certificate", requests.certificateExpiry),
      ("server certificate", requests.serverCertificate?.end),
    ]
    for case (let label, let end?) in certificates {
      lines.append(Self.line(label, until: end, at: status.now))
    }
    return lines
  }

  /// For how long a certificate is valid.
  private static func line(
    _ label: String,
    until end: Timestamp,
    at now: Timestamp
  ) -> ScrollingText.Line {
    let text =
      end < now
      ? "ended \(Age.text(from: end, to: now)) ago" : "valid for \(Age.text(from: now, to: end))"
    let isSoon = end < now + .seconds(7 * 86_400)
    return .init(text, style: Style(isSoon ? .warning : .text), label: label)
  }
}

extension Double {
  /// The number with one digit after the point.
  var oneDecimal: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
