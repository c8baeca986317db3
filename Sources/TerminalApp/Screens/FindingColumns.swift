import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// The columns of the findings list, fitted to the width at hand.
struct FindingColumns {
  private static let checkWidth = 26

  private let width: Int
  /// 0 where there is but one cluster.
  private let clusterWidth: Int
  /// On a narrow terminal the message, which names the check's matter, is worth more.
  private var showsCheck: Bool { width >= 110 }
  private var showsCluster: Bool { clusterWidth > 0 }

  /// `clusters` are those that a finding may be of, none where that is clear.
  init(width: Int, clusters: [String]) {
    self.width = width
    let longest = clusters.map { DisplayText($0).width }.max() ?? 0
    clusterWidth = clusters.isEmpty ? 0 : min(max(longest, 7), width / 5)
  }

  private var checkColumn: Int { 9 }
  private var clusterColumn: Int { checkColumn + (showsCheck ? Self.checkWidth + 1 : 0) }
  private var messageColumn: Int { clusterColumn + (showsCluster ? clusterWidth + 1 : 0) }

  func drawHeader(on canvas: inout Canvas, row: Int) {
    let style = Style(.header, isBold: true)
    canvas.write("AGE", row: row, column: 4, style: style)
    if showsCheck { canvas.write("CHECK", row: row, column: checkColumn, style: style) }
    if showsCluster { canvas.write("CLUSTER", row: row, column: clusterColumn, style: style) }
    canvas.write("FINDING", row: row, column: messageColumn, style: style)
  }

  /// Whether a row has no room for its whole message.
  func cutsMessage(of item: FindingsPage.Row) -> Bool {
    message(of: item).width > messageWidth(of: item)
  }

  private func message(of item: FindingsPage.Row) -> DisplayText {
    DisplayText((item.isConsequence ? "└ " : "") + item.finding.message)
  }

  private func messageWidth(of item: FindingsPage.Row) -> Int {
    width - messageColumn - 1 - (Self.mark(of: item).map { $0.width + 1 } ?? 0)
  }

  /// What stands at the end of a row: what is being done, and how much is folded into it.
  private static func mark(of item: FindingsPage.Row) -> DisplayText? {
    let folded = item.foldedCount > 0 ? "+\(item.foldedCount)" : nil
    let muted = item.finding.muting == nil ? nil : "muted"
    let parts = [folded, item.heal.map { "[\($0.word)]" }, muted].compactMap(\.self)
    return parts.isEmpty ? nil : DisplayText(parts.joined(separator: " "))
  }

  func draw(
    _ item: FindingsPage.Row,
    now: Timestamp,
    isSelected: Bool,
    on canvas: inout Canvas,
    row: Int
  ) {
    let finding = item.finding
    canvas.write(isSelected ? ">" : " ", row: row, column: 0, style: Style(.key))
    let style = finding.muting == nil ? finding.severity.style : Style(.muted)
    canvas.write(finding.severity.symbol, row: row, column: 2, style: style)
    if finding.mayBeYounger { canvas.write("≤", row: row, column: 3, style: Style(.muted)) }
    let age = Age.text(from: finding.since, to: now)
    canvas.write(age, row: row, column: 4, style: Style(.muted), width: 4)
    if showsCheck {
      canvas.write(
        DisplayText(finding.check.description).cutInMiddle(to: Self.checkWidth),
        row: row,
        column: checkColumn,
        style: Style(.muted)
      )
    }
    if showsCluster {
      canvas.write(
        DisplayText(finding.cluster).cutInMiddle(to: clusterWidth),
        row: row,
        column: clusterColumn,
        style: Style(.muted)
      )
    }
    if let mark = Self.mark(of: item) {
      canvas.write(mark, row: row, column: width - mark.width - 1, style: Style(.progress))
    }
    canvas.write(
      message(of: item).cutInMiddle(to: messageWidth(of: item)),
      row: row,
      column: messageColumn,
      style: finding.muting == nil && finding.severity == .info ? Style() : style
    )
    guard isSelected else { return }
    let whole = Region(row: row, column: 0, columns: width, rows: 1)
    canvas.restyle(row: row, in: whole) { $0.role = .selection }
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
    }
  }
}
