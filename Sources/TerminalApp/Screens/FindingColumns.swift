import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// The columns of the findings list, fitted to the width at hand.
struct FindingColumns {
  private static let checkWidth = 26
  private static let clusterWidth = 16

  private let width: Int
  private let showsCluster: Bool
  /// On a narrow terminal the message, which names the check's matter, is worth more.
  private var showsCheck: Bool { width >= 110 }

  init(width: Int, showsCluster: Bool) {
    self.width = width
    self.showsCluster = showsCluster && width >= 90
  }

  private var checkColumn: Int { 9 }
  private var clusterColumn: Int { checkColumn + (showsCheck ? Self.checkWidth + 1 : 0) }
  private var messageColumn: Int { clusterColumn + (showsCluster ? Self.clusterWidth + 1 : 0) }

  func drawHeader(on canvas: inout Canvas, row: Int) {
    let style = Style(.header, isBold: true)
    canvas.write("AGE", row: row, column: 4, style: style)
    if showsCheck { canvas.write("CHECK", row: row, column: checkColumn, style: style) }
    if showsCluster { canvas.write("CLUSTER", row: row, column: clusterColumn, style: style) }
    canvas.write("FINDING", row: row, column: messageColumn, style: style)
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
    canvas.write(finding.severity.symbol, row: row, column: 2, style: finding.severity.style)
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
        DisplayText(finding.cluster).cutInMiddle(to: Self.clusterWidth),
        row: row,
        column: clusterColumn,
        style: Style(.muted)
      )
    }
    var end = width
    if let state = item.heal?.word {
      let text = DisplayText("[\(state)]")
      end -= text.width + 1
      canvas.write(text, row: row, column: end, style: Style(.progress))
    }
    canvas.write(
      DisplayText(finding.message).cutInMiddle(to: end - messageColumn - 1),
      row: row,
      column: messageColumn,
      style: finding.severity == .info ? Style() : finding.severity.style
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
    case .didNotHelp: "did not help"
    case .failed: "failed"
    case .refused: "refused"
    }
  }
}
