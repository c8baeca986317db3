import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// A column of the list of checks.
enum CatalogueColumn: Sendable, CaseIterable {
  case check, shape, pack, findings, settling, muted, window, run, share, cost, errors, finds

  var title: String {
    switch self {
    case .check: "CHECK"
    case .shape: "SHAPE"
    case .pack: "PACK"
    case .findings: "FINDINGS"
    case .settling: "SETTLING"
    case .muted: "MUTED"
    case .window: "WINDOW"
    case .run: "µS/RUN"
    case .share: "SHARE"
    case .cost: "COST"
    case .errors: "ERRORS"
    case .finds: "FINDS"
    }
  }

  /// Whether its values are numbers, of which the greatest comes first.
  var isNumber: Bool {
    switch self {
    case .check, .shape, .pack, .finds: false
    case .findings, .settling, .muted, .window, .run, .share, .cost, .errors: true
    }
  }

  fileprivate var width: Int { max(DisplayText(title).width, 6) }

  /// Whether rows come in this order: the greatest first, words by the alphabet; `nil` where both
  /// are the same.
  func precedes(_ left: CataloguePage.Row, _ right: CataloguePage.Row) -> Bool? {
    func greater<Value: Comparable>(_ value: (CataloguePage.Row) -> Value) -> Bool? {
      let (left, right) = (value(left), value(right))
      return left == right ? nil : left > right
    }
    return switch self {
    // The id begins with the shape.
    case .check, .shape: left.id == right.id ? nil : left.id < right.id
    case .findings: greater(\.findings)
    case .settling: greater(\.suspects)
    case .muted: greater(\.muted)
    case .window: greater(\.window)
    case .run: greater { $0.cost.meanDuration ?? .zero }
    case .share: greater(\.cost.duration)
    case .cost: greater { $0.meanCost ?? 0 }
    case .errors: greater(\.errors)
    // Those of packs first, for the others are many.
    case .pack:
      left.pack == right.pack
        ? nil : !left.pack.isEmpty && (right.pack.isEmpty || left.pack < right.pack)
    case .finds:
      left.check.title == right.check.title ? nil : left.check.title < right.check.title
    }
  }
}

/// The columns of the list of checks, fitted to the width at hand.
struct CatalogueColumns {
  private static let checkStart = 4
  private static let shortestID = 22
  private static let longestPack = 20
  /// From where on there is room for what is worth less than the rest.
  private static let wide = 110

  private let width: Int
  private let starts: [(column: CatalogueColumn, start: Int, width: Int)]

  init(_ rows: [CataloguePage.Row], width: Int) {
    self.width = width
    let longest = rows.map { DisplayText($0.id.description).width }.max() ?? 0
    let gap = width < Self.wide ? 1 : 2
    var numbers: [CatalogueColumn] = [.findings, .settling, .muted, .window, .run, .share]
    let hasRules = rows.contains { !$0.pack.isEmpty }
    if hasRules, width >= Self.wide { numbers.append(.cost) }
    if hasRules, width >= Self.wide || rows.contains(where: { $0.errors > 0 }) {
      numbers.append(.errors)
    }
    func room() -> Int {
      numbers.reduce(width - Self.checkStart - 1) { $0 - $1.width - gap }
    }
    for column in [CatalogueColumn.window, .muted] where room() < Self.shortestID {
      numbers.removeAll { $0 == column }
    }
    let id = max(1, min(room(), max(longest, Self.shortestID)))
    var columns = [(CatalogueColumn.check, id)]
    if width >= Self.wide {
      // A rule has a pack, any other check a shape.
      let names = Shape.allCases.map(\.rawValue) + rows.map(\.pack)
      let longest = names.map { DisplayText($0).width }.max() ?? 0
      columns.append((hasRules ? .pack : .shape, min(longest, Self.longestPack)))
    }
    columns += numbers.map { ($0, $0.width) }
    var start = Self.checkStart
    var starts: [(column: CatalogueColumn, start: Int, width: Int)] = []
    for (column, width) in columns {
      starts.append((column, start, width))
      start += width + gap
    }
    if width - start >= 20 { starts.append((.finds, start, width - start - 1)) }
    self.starts = starts
  }

  /// The column under a click.
  func column(at position: Int) -> CatalogueColumn? {
    starts.last { $0.start <= position }?.column
  }

  func drawHeader(
    sortedBy sorted: CatalogueColumn,
    isReversed: Bool,
    on canvas: inout Canvas,
    row: Int
  ) {
    for (column, start, width) in starts {
      let isUp = column.isNumber == isReversed
      let arrow = column == sorted ? (isUp ? "↑" : "↓") : ""
      // A title that fills its column gives up its last letter.
      let title = column.title.prefix(width - arrow.count) + arrow
      let indent = column.isNumber ? width - title.count : 0
      canvas.write(
        String(title),
        row: row,
        column: start + indent,
        style: Style(.header, isBold: true)
      )
    }
  }

  func draw(
    _ item: CataloguePage.Row,
    in page: CataloguePage,
    share: Double?,
    isSelected: Bool,
    on canvas: inout Canvas,
    row: Int
  ) {
    if isSelected { canvas.write(">", row: row, column: 0, style: Style(.key)) }
    let state = CheckState(of: item, page.settings)
    let severity = page.settings.severity(of: item.check)
    let symbol = state.isOff ? Style(.muted) : severity.style
    canvas.write(severity.symbol, row: row, column: 2, style: symbol)
    let isQuiet = (item.findings, item.suspects, item.muted) == (0, 0, 0)
    // Why there are no numbers takes their place.
    let told: CatalogueColumn? = state == .inForce ? nil : isQuiet ? .findings : .window
    var isTold = false
    for (column, start, width) in starts {
      if let told, !isTold, column == told || told == .window && column == .run {
        isTold = true
        draw(state, from: start, on: &canvas, row: row)
      }
      if isTold, column.isNumber { continue }
      let text = text(column, of: item, share: share)
      let style = style(of: column, isZero: text == "0", severity, state)
      let shown =
        column == .check
        ? DisplayText(text).cutInMiddle(to: width) : DisplayText(text).cutAtEnd(to: width)
      let indent = column.isNumber ? width - shown.width : 0
      canvas.write(shown, row: row, column: start + indent, style: style)
    }
    guard isSelected else { return }
    let whole = Region(row: row, column: 0, columns: self.width, rows: 1)
    canvas.restyle(row: row, in: whole) { $0.role = .selection }
  }

  /// Writes the state where otherwise the numbers from this column on are.
  private func draw(_ state: CheckState, from start: Int, on canvas: inout Canvas, row: Int) {
    let end = starts.first { $0.column == .finds }.map { $0.start - 2 } ?? width - 1
    let text = DisplayText(state.words).cutAtEnd(to: end - start)
    canvas.write(text, row: row, column: start, style: state.style)
  }

  private func text(
    _ column: CatalogueColumn,
    of item: CataloguePage.Row,
    share: Double?
  ) -> String {
    switch column {
    case .check: item.id.description
    case .shape: item.id.shape?.rawValue ?? ""
    case .pack: item.pack.isEmpty ? item.id.shape?.rawValue ?? "" : item.pack
    case .findings: "\(item.findings)"
    case .settling: "\(item.suspects)"
    case .muted: "\(item.muted)"
    case .window: DurationText.text(item.window)
    case .run: item.cost.meanDuration?.microsecondsText ?? "–"
    case .share: share.map { ($0 * 100).oneDecimal + "%" } ?? "–"
    case .cost: item.meanCost.map(String.init) ?? ""
    case .errors: item.meanCost == nil ? "" : "\(item.errors)"
    case .finds: item.check.title
    }
  }

  private func style(
    of column: CatalogueColumn,
    isZero: Bool,
    _ severity: Severity,
    _ state: CheckState
  ) -> Style {
    switch column {
    case .check: Style(state.isOff ? .muted : .text)
    case .findings: isZero ? Style(.muted) : severity.style
    case .shape, .pack, .finds, .window, .muted: Style(.muted)
    case .settling, .run, .share, .cost: Style(isZero ? .muted : .text)
    case .errors: Style(isZero ? .muted : .warning)
    }
  }
}

extension Duration {
  /// The length in millionths of a second, as exactly as matters.
  var microsecondsText: String {
    let value = self / .microseconds(1)
    return value < 1000 ? value.oneDecimal : "\(Int(value))"
  }
}
