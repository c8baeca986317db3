import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// The columns of the findings list, fitted to the width at hand.
struct FindingColumns {
  private static let stateWidth = 12

  private let width: Int
  /// 0 where there is but one cluster.
  private let clusterWidth: Int
  /// Wide enough for most subjects where they have a column; otherwise 0.
  private let subjectWidth: Int
  /// On a narrow terminal the message, which names the check's matter, is worth more.
  private let showsCheck: Bool
  /// On a wide terminal as wide as the longest name of a check.
  private let checkWidth: Int
  private let showsState: Bool
  /// Wide enough for what things take where that is told; otherwise 0.
  private let sizeWidth: Int
  private let layout: FindingsScreen.Layout
  /// The columns that may be left out, or put in.
  let choices: [ColumnChooser.Column]

  /// `clusters` are those that a finding may be of, none where that is clear.
  init(
    width: Int,
    clusters: [String],
    isWide: Bool = false,
    layout: FindingsScreen.Layout = .findings,
    choice: ColumnChoice = ColumnChoice()
  ) {
    self.width = width
    self.layout = layout
    let isDangling = layout == .dangling
    let subject = isDangling ? "OBJECT" : "SUBJECT"
    var choices = [
      ColumnChooser.Column(title: "CHECK", byDefault: isWide || !isDangling && width >= 110),
      ColumnChooser.Column(title: "STATE", byDefault: isWide && width >= 100),
      ColumnChooser.Column(title: subject, byDefault: isDangling || isWide && width >= 130),
    ]
    if !clusters.isEmpty { choices.append(.init(title: "CLUSTER", byDefault: true)) }
    if isDangling { choices.append(.init(title: "SIZE", byDefault: true)) }
    self.choices = choices
    let shown = Set(
      choices.filter { choice.shows($0.title, byDefault: $0.byDefault) }.map(\.title)
    )
    let longest = clusters.map { DisplayText($0).width }.max() ?? 0
    clusterWidth = shown.contains("CLUSTER") ? min(max(longest, 7), width / 5) : 0
    checkWidth = width >= 160 ? 36 : 26
    showsCheck = shown.contains("CHECK")
    showsState = shown.contains("STATE")
    let subjectRoom = isDangling ? max(24, min(80, width * 2 / 5)) : min(40, width / 5)
    subjectWidth = shown.contains(subject) ? subjectRoom : 0
    sizeWidth = shown.contains("SIZE") ? 8 : 0
  }

  private var checkColumn: Int { 9 }
  private var clusterColumn: Int { checkColumn + (showsCheck ? checkWidth + 1 : 0) }
  private var stateColumn: Int { clusterColumn + (clusterWidth > 0 ? clusterWidth + 1 : 0) }
  private var subjectColumn: Int { stateColumn + (showsState ? Self.stateWidth + 1 : 0) }
  private var sizeColumn: Int { subjectColumn + (subjectWidth > 0 ? subjectWidth + 1 : 0) }
  private var messageColumn: Int { sizeColumn + (sizeWidth > 0 ? sizeWidth + 1 : 0) }

  func drawHeader(on canvas: inout Canvas, row: Int) {
    let titles = [
      ("AGE", 4, true), ("CHECK", checkColumn, showsCheck),
      ("CLUSTER", clusterColumn, clusterWidth > 0), ("STATE", stateColumn, showsState),
      (layout == .dangling ? "OBJECT" : "SUBJECT", subjectColumn, subjectWidth > 0),
      ("SIZE", sizeColumn + sizeWidth - 4, sizeWidth > 0),
      (layout == .dangling ? "NAMES, OR WHO SHOULD NEED IT" : "FINDING", messageColumn, true),
    ]
    for (title, column, isShown) in titles where isShown {
      canvas.write(title, row: row, column: column, style: Style(.header, isBold: true))
    }
  }

  /// Whether a row has no room for its whole message.
  func cutsMessage(of item: FindingsPage.Row) -> Bool {
    message(of: item).width > messageWidth(of: item)
  }

  private func message(of item: FindingsPage.Row) -> DisplayText {
    let sign = item.isConsequence ? "└ " : ""
    guard layout == .dangling, let absent = item.absent.first else {
      return DisplayText(sign + item.finding.message)
    }
    let others = item.absent.count > 1 ? " and \(item.absent.count - 1) more" : ""
    return DisplayText("\(sign)✗ \(absent) is absent\(others)")
  }

  private func messageWidth(of item: FindingsPage.Row) -> Int {
    width - messageColumn - 1 - (mark(of: item).map { $0.width + 1 } ?? 0)
  }

  /// What stands at the end of a row: how much is folded into it, and what is being done about it.
  private func mark(of item: FindingsPage.Row) -> DisplayText? {
    let folded = item.foldedCount > 0 ? "+\(item.foldedCount)" : nil
    let state = showsState ? nil : item.stateMark(width: width)
    let heal = item.heal.map { "[\($0.word)]" }
    let parts = [folded, heal, state].compactMap(\.self)
    return parts.isEmpty ? nil : DisplayText(parts.joined(separator: " "))
  }

  func draw(
    _ item: FindingsPage.Row,
    now: Timestamp,
    isSelected: Bool,
    isMarked: Bool = false,
    on canvas: inout Canvas,
    row: Int
  ) {
    let finding = item.finding
    FindingMargin(item, isSelected: isSelected, isMarked: isMarked)
      .draw(now: now, on: &canvas, row: row)
    let muted = Style(.muted)
    if showsCheck {
      canvas.write(
        DisplayText(finding.check.description).cutInMiddle(to: checkWidth),
        row: row,
        column: checkColumn,
        style: muted
      )
    }
    if clusterWidth > 0 {
      let cluster = DisplayText(finding.cluster).cutInMiddle(to: clusterWidth)
      canvas.write(cluster, row: row, column: clusterColumn, style: muted)
    }
    if showsState {
      canvas.write(item.state.rawValue, row: row, column: stateColumn, style: item.state.style)
    }
    if subjectWidth > 0 {
      let subject = DisplayText(finding.subject.description).cutInMiddle(to: subjectWidth)
      canvas.write(subject, row: row, column: subjectColumn)
    }
    if sizeWidth > 0, item.bytes > 0 {
      let size = DisplayText(ByteSize.text(item.bytes))
      canvas.write(size, row: row, column: sizeColumn + sizeWidth - size.width)
    }
    if let mark = mark(of: item) {
      let style = Style(item.resolvedAt == nil ? .progress : .success)
      canvas.write(mark, row: row, column: width - mark.width - 1, style: style)
    }
    canvas.write(
      message(of: item).cutInMiddle(to: messageWidth(of: item)),
      row: row,
      column: messageColumn,
      style: item.isQuiet ? muted : finding.severity == .info ? Style() : finding.severity.style
    )
    FindingMargin.finish(item, isSelected: isSelected, isMarked: isMarked, on: &canvas, row: row)
  }
}

/// What stands before the columns of a finding's row: marks, how bad it is, and its age.
struct FindingMargin {
  private let item: FindingsPage.Row
  private let isSelected: Bool
  private let isMarked: Bool

  init(_ item: FindingsPage.Row, isSelected: Bool, isMarked: Bool) {
    self.item = item
    self.isSelected = isSelected
    self.isMarked = isMarked
  }

  func draw(now: Timestamp, on canvas: inout Canvas, row: Int) {
    let finding = item.finding
    canvas.write(isSelected ? ">" : " ", row: row, column: 0, style: Style(.key))
    let mark = isMarked ? "*" : item.isNew ? "+" : " "
    canvas.write(mark, row: row, column: 1, style: Style(.key, isBold: true))
    let isPast = item.resolvedAt != nil
    let style = isPast ? Style(.success) : item.isQuiet ? Style(.muted) : finding.severity.style
    canvas.write(isPast ? "✓" : finding.severity.symbol, row: row, column: 2, style: style)
    if finding.mayBeYounger { canvas.write("≤", row: row, column: 3, style: Style(.muted)) }
    let age = Age.text(from: finding.since, to: item.resolvedAt ?? now)
    canvas.write(age, row: row, column: 4, style: Style(.muted), width: 4)
  }

  /// Sets the whole row off where it is selected, marked, or news.
  static func finish(
    _ item: FindingsPage.Row,
    isSelected: Bool,
    isMarked: Bool,
    on canvas: inout Canvas,
    row: Int
  ) {
    guard isSelected || isMarked || item.isNew else { return }
    let whole = Region(row: row, column: 0, columns: canvas.size.columns, rows: 1)
    canvas.restyle(row: row, in: whole) { style in
      if isMarked || item.isNew { style.isBold = true }
      if isSelected { style.role = .selection }
    }
  }
}

extension FindingsPage.Row {
  /// Whether nobody has to do anything about it.
  var isQuiet: Bool { finding.muting != nil || resolvedAt != nil }

  /// The state at the end of a row that has no column for it; with the reason where there is room.
  func stateMark(width: Int) -> String? {
    switch state {
    case .new, .healing: nil
    case .acknowledged: Self.mark("ack", finding.acknowledgement?.reason, width)
    case .muted: Self.mark("muted", finding.muting?.reason, width)
    case .resolved: "✓ resolved"
    }
  }

  private static func mark(_ word: String, _ reason: String?, _ width: Int) -> String {
    guard width >= 120, let reason, !reason.isEmpty else { return word }
    return "\(word): \(DisplayText(reason).cutAtEnd(to: 30).string)"
  }
}

extension FindingState {
  var style: Style {
    switch self {
    case .new: Style()
    case .acknowledged, .muted: Style(.muted)
    case .healing: Style(.progress)
    case .resolved: Style(.success)
    }
  }
}

extension HealState {
  /// The state in a word or two.
  var word: String {
    switch self {
    case .running: "healing"
    case .waitingForProof: "proving"
    case .healed: "healed"
    case .done: "done"
    case .didNotHelp: "did not help"
    case .aborted: "aborted"
    case .failed: "failed"
    case .refused: "refused"
    case .cameBack: "came back"
    case .outdated: "outdated"
    case .unwritten: "unwritten"
    }
  }
}
