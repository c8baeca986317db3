import Checks
import ClusterGraph
import HTTP
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit

/// How long it takes from a key to a frame with the page of rows that it asks for: all Pods of a busy cluster,
/// moved through and filtered.
struct KeyToRows: Benchmark {
  private static let rounds = 12
  private static let filter = "app-0012"
  private static let screen = Size(columns: 200, rows: 50)

  let size: ClusterSize
  let churn: Int

  var title: String { "key to page of rows, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let monitor = ClusterMonitor(
      source: KubernetesClient(
        try simulation.connection(of: .everything),
        eventLoop: eventLoop,
        userAgent: "kpatrol-bench"
      ),
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let running = Task { await monitor.run() }
    defer { running.cancel() }
    while await monitor.status().connection != .watching {
      try await Task.sleep(for: .milliseconds(20))
    }
    var list = PodList(height: Self.screen.rows)
    await list.load(from: monitor)  // The first page sorts all rows.
    var moves: [Double] = []
    var letters: [Double] = []
    for key in Array(repeating: Self.keys, count: Self.rounds).joined() {
      try await Task.sleep(for: .milliseconds(Int.random(in: 20...60)))
      let start = ContinuousClock.now
      list.handle(key)
      await list.load(from: monitor)
      var canvas = Canvas(Self.screen)
      list.draw(on: &canvas)
      let milliseconds = start.duration(to: .now).seconds * 1000
      if case .filter = key { letters.append(milliseconds) } else { moves.append(milliseconds) }
      guard !canvas.lines[0].isEmpty else { throw BenchmarkFailure("No row was shown.") }
    }
    let rate = await monitor.status().eventsPerSecond
    return [
      measurement(title, moves, target: .under(16), rate),
      measurement("letter of a filter, \(title)", letters, target: .under(30), rate),
    ]
  }

  private func measurement(
    _ title: String,
    _ times: [Double],
    target: Measurement.Target,
    _ eventsPerSecond: Double
  ) -> Measurement {
    Measurement(
      title: title,
      setting: "the rows of all Pods, drawn on a canvas; every kind of \(size.nodes) Nodes and "
        + "\(size.pods) Pods followed, \(times.count) keys",
      value: times.median,
      p99: times.p99,
      unit: "ms",
      target: target,
      note: "the slowest \((times.max() ?? 0).formatted()) ms; \(eventsPerSecond.formatted()) "
        + "events/s reached the model"
    )
  }

  /// Moving about, then a filter letter by letter, taken back again.
  private static let keys: [PodList.Key] =
    [.down, .down, .pageDown, .pageDown, .up, .last, .up, .first]
    + (1...filter.count).map { .filter(String(filter.prefix($0))) } + [.down, .pageDown]
    + (0..<filter.count).reversed().map { .filter(String(filter.prefix($0))) }
}

/// A list of Pods as a screen holds it: a selection, and the page of rows around it.
private struct PodList {
  enum Key {
    case up, down, pageDown, first, last
    /// What the filter says after a letter more or less.
    case filter(String)
  }

  private var list = ListState<ObjectKey>()
  private var query = RowQuery(Pod.kind)
  private var rows: [ClusterRows.Row] = []
  private var offset = 0

  init(height: Int) { list.resize(height: height) }

  mutating func handle(_ key: Key) {
    switch key {
    case .up: list.move(by: -1)
    case .down: list.move(by: 1)
    case .pageDown: list.move(by: list.height)
    case .first: list.moveToStart()
    case .last: list.moveToEnd()
    case .filter(let text):
      query.filter = FilterExpression(text: text)
      list.moveToStart()
    }
    list.select(id: selected)
  }

  mutating func load(from monitor: ClusterMonitor) async {
    offset = list.offset
    let page = await monitor.rows(
      query,
      at: offset..<offset + list.height,
      following: list.selectedID
    )
    rows = page.rows
    let known = list.selectedID == nil ? list.index : page.position
    list.update(count: page.count, selectedIndex: known)
    list.select(id: selected)
  }

  func draw(on canvas: inout Canvas) {
    for (row, item) in rows.enumerated() {
      let style = Style(offset + row == list.index ? .title : .muted)
      canvas.write(item.key.namespace, row: row, column: 2, style: style, width: 20)
      canvas.write(item.key.name, row: row, column: 24, style: style, width: 80)
      canvas.write(item.isTerminating ? "Terminating" : "", row: row, column: 106, style: style)
      canvas.write(item.creationTimestamp?.rfc3339 ?? "", row: row, column: 120, style: style)
    }
  }

  private var selected: ObjectKey? {
    let index = list.index - offset
    return rows.indices.contains(index) ? rows[index].key : nil
  }
}
