import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit

/// The columns of the clusters list, fitted to the width at hand: numbers are never cut, names get what is left,
/// and what matters least is left out first.
struct ClusterColumns {
  private static let stateWidth = 17
  private static let barWidth = 12
  private static let shortestName = 12
  private static let shortTrend = 12
  private static let longTrend = 30

  private struct Column {
    let title: String
    let width: Int
    let isNumber: Bool
    let text: (ClusterStatus) -> [TextSegment]
  }

  private let nameWidth: Int
  private let columns: [Column]

  init(_ statuses: [ClusterStatus], _ history: FleetHistory, width: Int) {
    let longest = statuses.map { DisplayText($0.name).width }.max() ?? 0
    let fixed = 2 + Self.stateWidth + 2
    var room = width - fixed - Self.shortestName
    var shown: [(place: Int, column: Column)] = []
    for (place, column) in Self.columns(statuses, history, isWide: width >= 140) {
      guard column.width + 2 <= room else { continue }
      room -= column.width + 2
      shown.append((place, column))
    }
    columns = shown.sorted { $0.place < $1.place }.map(\.column)
    let used = columns.reduce(fixed) { $0 + $1.width + 2 }
    nameWidth = max(1, min(width - used, max(longest, Self.shortestName)))
  }

  /// All columns, the most useful first, with the place that each has among the others.
  private static func columns(
    _ statuses: [ClusterStatus],
    _ history: FleetHistory,
    isWide: Bool
  ) -> [(place: Int, column: Column)] {
    func number(_ title: String, _ text: @escaping (ClusterStatus) -> String) -> Column {
      let widths = statuses.map { text($0).count }
      return Column(
        title: title,
        width: max(title.count, widths.max() ?? 0),
        isNumber: true
      ) { [TextSegment(text($0))] }
    }
    let trend = isWide ? longTrend : shortTrend
    let findings = statuses.map { width(of: Self.findings(of: $0)) }.max() ?? 0
    return [
      (
        0,
        Column(title: "FINDINGS", width: max(8, findings), isNumber: false) {
          Self.findings(of: $0)
        }
      ),
      (2, number("OBJECTS") { "\($0.objectCount)" }),
      (
        1,
        Column(title: "LAST HOUR", width: trend, isNumber: false) {
          [TextSegment(Self.trend(history.samples[$0.name] ?? [], columns: trend), .muted)]
        }
      ),
      (3, number("EVENTS/S") { $0.eventsPerSecond.oneDecimal }),
      (4, number("LAG") { Self.lag(of: $0) }),
      (5, number("KINDS") { "\($0.kindsSynced)/\($0.kindsTotal)" }),
      (
        6,
        Column(title: "NOT INSPECTED", width: 13, isNumber: false) {
          $0.notInspected.isEmpty
            ? [TextSegment("none", .muted)]
            : [TextSegment(Self.kinds($0.notInspected.count), .warning)]
        }
      ),
      (
        7,
        Column(
          title: "VERSION",
          width: max(7, statuses.map { DisplayText($0.version).width }.max() ?? 0),
          isNumber: false
        ) { [TextSegment($0.version, .muted)] }
      ),
    ]
  }

  private static func width(of segments: [TextSegment]) -> Int {
    segments.reduce(0) { $0 + $1.text.width }
  }

  private static func findings(of status: ClusterStatus) -> [TextSegment] {
    let counts = Severity.allCases.compactMap { severity -> TextSegment? in
      guard let count = status.findings[severity], count > 0 else { return nil }
      return TextSegment("\(severity.symbol) \(count)", severity.style.role)
    }
    guard !counts.isEmpty else { return [TextSegment("none", .success)] }
    return counts.enumerated().flatMap { $0 == 0 ? [$1] : [TextSegment("  "), $1] }
  }

  /// How many findings there were, but for those that inform only, each column the most of its time.
  private static func trend(_ samples: [ClusterSample], columns: Int) -> String {
    let missing = FleetHistory.kept - samples.count
    let values = (0..<columns).map { column -> Double? in
      let first = column * FleetHistory.kept / columns - missing
      let end = (column + 1) * FleetHistory.kept / columns - missing
      return samples[(first..<end).clamped(to: samples.indices)].map { sample in
        Double((sample.findings[.critical] ?? 0) + (sample.findings[.warning] ?? 0))
      }.max()
    }
    return Sparkline.text(values)
  }

  private static func kinds(_ count: Int) -> String { count == 1 ? "▲ 1 kind" : "▲ \(count) kinds" }

  private static func lag(of status: ClusterStatus) -> String {
    "\((Double(status.lag.milliseconds) / 1000).oneDecimal) s"
  }

  private var stateColumn: Int { 2 + nameWidth + 2 }
  private var firstColumn: Int { stateColumn + Self.stateWidth + 2 }

  func drawHeader(on canvas: inout Canvas, row: Int) {
    let header = Style(.header, isBold: true)
    canvas.write("CLUSTER", row: row, column: 2, style: header)
    canvas.write("STATE", row: row, column: stateColumn, style: header)
    var column = firstColumn
    for shown in columns {
      let start = shown.isNumber ? column + shown.width - shown.title.count : column
      canvas.write(shown.title, row: row, column: start, style: header)
      column += shown.width + 2
    }
  }

  func draw(_ status: ClusterStatus, on canvas: inout Canvas, row: Int) {
    canvas.write(DisplayText(status.name).cutInMiddle(to: nameWidth), row: row, column: 2)
    let state = status.connection
    let since = Age.text(from: status.connectionSince, to: status.now)
    let end = canvas.write(state.word, row: row, column: stateColumn, style: state.style)
    canvas.write(" \(since)", row: row, column: end, style: Style(.muted))
    guard state != .syncing else { return drawProgress(of: status, on: &canvas, row: row) }
    var column = firstColumn
    for shown in columns {
      let segments = shown.text(status)
      var place = shown.isNumber ? column + shown.width - Self.width(of: segments) : column
      for segment in segments {
        place = canvas.write(segment.text, row: row, column: place, style: segment.style)
      }
      column += shown.width + 2
    }
  }

  /// How far the first lists are: kinds, objects, bytes.
  private func drawProgress(of status: ClusterStatus, on canvas: inout Canvas, row: Int) {
    ProgressBar.draw(
      status.syncedFraction,
      on: &canvas,
      row: row,
      column: firstColumn,
      width: Self.barWidth
    )
    let parts = [
      "\(status.kindsSynced)/\(status.kindsTotal) kinds",
      "\(status.objectCount + status.objectsListed) objects",
      ByteCount.text(status.requests.bytesReceived),
    ]
    canvas.write(
      parts.joined(separator: ", "),
      row: row,
      column: firstColumn + Self.barWidth + 1,
      style: Style(.muted)
    )
  }
}
