import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// The last hour in charts: findings, events, latency and memory, of all clusters or one.
struct PulseScreen: Screen {
  enum Action { case next, previous, open }

  static let bindings: [Binding<Action>] = [
    Binding("right", "l", "tab", label: "Next", help: "Shows the next cluster", .next),
    Binding("left", "h", label: "Previous", help: "Shows the cluster before", .previous),
    Binding("enter", label: "Findings", help: "Shows the findings of what is shown", .open),
  ]

  private var names: [String]
  /// Which of the clusters is shown; `nil` for all.
  private var cluster: String?
  private var history = FleetHistory()
  /// Whether there may be another look by now.
  private var isDue = false

  init(_ statuses: [ClusterStatus]) { names = statuses.map(\.name) }

  var title: String { "Pulse of \(cluster ?? "all clusters"), the last hour" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { history == FleetHistory() ? [.loadHistory] : [] }

  mutating func missing() -> [Effect] {
    defer { isDue = false }
    return isDue ? [.loadHistory] : []
  }

  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .history(let history) where history != self.history: self.history = history
    case .tick:
      isDue = true
      return false
    case .statuses(let statuses):
      names = statuses.map(\.name)
      return false
    default: return false
    }
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    guard case .key(let key) = input else { return [] }
    switch Self.bindings.action(for: key) {
    case .next: show(by: 1)
    case .previous: show(by: -1)
    case .open: return [.push(FindingsScreen(cluster: cluster))]
    case nil: break
    }
    return []
  }

  private mutating func show(by step: Int) {
    guard names.count > 1 else { return }
    let all: [String?] = [nil] + names
    let place = all.firstIndex(of: cluster) ?? 0
    cluster = all[(place + step + all.count) % all.count]
  }
}

// MARK: - Drawing

extension PulseScreen {
  /// One chart with its title.
  private struct Panel {
    let title: String
    let maximum: String
    let chart: BrailleChart
    /// What the lines are, and what they are at now.
    let legend: [TextSegment]
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    let panels = [findings, events, latency, memory]
    let size = Size(columns: (region.size.columns - 3) / 2, rows: region.size.rows / 2)
    for (index, panel) in panels.enumerated() {
      let place = Region(
        row: region.row + index / 2 * size.rows,
        column: region.column + 1 + index % 2 * (size.columns + 1),
        columns: size.columns,
        rows: size.rows
      )
      draw(panel, on: &canvas, in: place)
    }
  }

  private func draw(_ panel: Panel, on canvas: inout Canvas, in region: Region) {
    var column = canvas.write(
      panel.title,
      row: region.row,
      column: region.column,
      style: Style(.header, isBold: true)
    )
    let end = region.column + region.size.columns
    for segment in panel.legend {
      let text = segment.text.cutAtEnd(to: max(0, end - column - 2))
      column = canvas.write(text, row: region.row, column: column + 2, style: segment.style)
    }
    let body = region.inset(top: 1, bottom: 1)
    canvas.write(panel.maximum, row: body.row, column: region.column, style: Style(.muted))
    let axis = DisplayText(panel.maximum).width
    let left = region.column + max(axis, 1) + 1
    canvas.write("0", row: body.row + body.size.rows - 1, column: left - 2, style: Style(.muted))
    panel.chart.draw(
      on: &canvas,
      in: Region(row: body.row, column: left, columns: end - left - 1, rows: body.size.rows)
    )
    let last = region.row + region.size.rows - 1
    canvas.write(beginning, row: last, column: left, style: Style(.muted))
    canvas.write("now", row: last, column: end - 4, style: Style(.muted))
  }

  /// For how many looks the charts have room: while there are few, these have all of it.
  private var span: Int { max(Self.leastSpan, history.residentBytes.count) }

  /// Five minutes.
  private static let leastSpan = 20

  private var beginning: String {
    let seconds = span * Int(FleetHistory.interval.components.seconds)
    return "\(seconds / 60)m ago"
  }

  private var shownSamples: [[ClusterSample]] {
    (cluster.map { [$0] } ?? names).map { history.samples[$0] ?? [] }
  }

  /// A value for each look, made of those of the clusters that are shown.
  private func values(
    _ value: (ClusterSample) -> Double?,
    _ combine: ([Double]) -> Double
  ) -> [Double?] {
    let samples = shownSamples
    let count = samples.map(\.count).max() ?? 0
    return (0..<count).map { index in
      // All were looked at together; who came later lacks the first ones.
      let found = samples.compactMap { samples -> Double? in
        let place = index - (count - samples.count)
        return samples.indices.contains(place) ? value(samples[place]) : nil
      }
      return found.isEmpty ? nil : combine(found)
    }
  }

  private static func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
  private static func greatest(_ values: [Double]) -> Double { values.max() ?? 0 }

  private func chart(_ series: [BrailleChart.Series], _ maximum: Double) -> BrailleChart {
    BrailleChart(series, maximum: maximum, span: span)
  }

  private static func maximum(_ series: [BrailleChart.Series], atLeast least: Double) -> Double {
    max(least, series.flatMap(\.values).compactMap(\.self).max() ?? 0)
  }

  private var findings: Panel {
    let series = Severity.allCases.map { severity in
      BrailleChart.Series(
        values({ Double($0.findings[severity] ?? 0) }, Self.sum),
        severity.style
      )
    }
    let maximum = Self.maximum(series, atLeast: 1)
    let legend = zip(Severity.allCases, series).map { severity, line in
      let now = line.values.last.flatMap(\.self) ?? 0
      return TextSegment("\(severity.symbol) \(Int(now)) \(severity.name)", severity.style.role)
    }
    return Panel(
      title: "Findings",
      maximum: "\(Int(maximum))",
      chart: chart(series, maximum),
      legend: legend
    )
  }

  private var events: Panel {
    let series = BrailleChart.Series(values(\.eventsPerSecond, Self.sum), Style(.info))
    let maximum = Self.maximum([series], atLeast: 1)
    let now = series.values.last.flatMap(\.self) ?? 0
    return Panel(
      title: "Events",
      maximum: maximum.oneDecimal,
      chart: chart([series], maximum),
      legend: [TextSegment("\(now.oneDecimal) a second", .info)]
    )
  }

  private var latency: Panel {
    func milliseconds(_ duration: Duration?) -> Double? {
      duration.map { Double($0.milliseconds) }
    }
    let slow = BrailleChart.Series(
      values({ milliseconds($0.latency99) }, Self.greatest),
      Style(.warning)
    )
    let median = BrailleChart.Series(
      values({ milliseconds($0.medianLatency) }, Self.greatest),
      Style(.success)
    )
    let maximum = Self.maximum([slow, median], atLeast: 1)
    func now(_ series: BrailleChart.Series) -> String {
      series.values.last.flatMap(\.self).map { "\(Int($0)) ms" } ?? "–"
    }
    return Panel(
      title: "API latency",
      maximum: "\(Int(maximum))",
      chart: chart([median, slow], maximum),
      legend: [
        TextSegment("median \(now(median))", .success), TextSegment("p99 \(now(slow))", .warning),
      ]
    )
  }

  /// Of KPatrol as a whole: its clusters share it.
  private var memory: Panel {
    let values = history.residentBytes.map { Double($0) / 1_000_000 as Double? }
    let series = BrailleChart.Series(values, Style(.progress))
    let maximum = Self.maximum([series], atLeast: 1)
    let now = history.residentBytes.last.map(ByteCount.text) ?? "–"
    return Panel(
      title: "Memory of KPatrol",
      maximum: "\(Int(maximum))",
      chart: chart([series], maximum),
      legend: [TextSegment(now, .progress)]
    )
  }
}
