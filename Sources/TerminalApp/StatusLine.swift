import Inspection
import Monitoring
import TerminalKit

/// The first row of every screen: how the clusters are.
struct StatusLine {
  let statuses: [ClusterStatus]

  func draw(on canvas: inout Canvas) {
    var column = canvas.write("KPatrol", row: 0, column: 1, style: Style(.title, isBold: true)) + 2
    column = canvas.write(clusters, row: 0, column: column, style: Style(.muted)) + 2
    for severity in Severity.allCases {
      let count = statuses.reduce(0) { $0 + ($1.findings[severity] ?? 0) }
      guard count > 0 else { continue }
      let text = "\(severity.symbol) \(count) \(severity.name)"
      column = canvas.write(text, row: 0, column: column, style: severity.style) + 2
    }
    let suspects = statuses.reduce(0) { $0 + $1.suspectCount }
    if suspects > 0 {
      column =
        canvas.write(
          "\(suspects) settling",
          row: 0,
          column: column,
          style: Style(.muted)
        ) + 2
    }
    let note = DisplayText(self.note)
    let start = canvas.size.columns - note.width - 1
    if start > column { canvas.write(note, row: 0, column: start, style: Style(.muted)) }
  }

  private var clusters: String {
    switch statuses.count {
    case 0: "starting"
    case 1:
      DisplayText("\(statuses[0].name): \(statuses[0].connection.word)")
        .cutInMiddle(to: 36).string
    default: "\(statuses.count) clusters"
    }
  }

  /// What every reader of the findings must know.
  private var note: String {
    var notes: [String] = []
    let readOnly = statuses.count { $0.readOnlyRule != nil }
    if readOnly > 0 {
      notes.append(readOnly == statuses.count ? "read-only" : "\(readOnly) read-only")
    }
    if let limit = statuses.lazy.compactMap(\.settlesAtMost).first {
      notes.append("demo: windows ≤ \(limit.components.seconds) s")
    }
    return notes.joined(separator: "  ")
  }
}

extension ClusterStatus.Connection {
  /// The state in one word.
  var word: String {
    switch self {
    case .connecting: "connecting"
    case .syncing: "syncing"
    case .watching: "live"
    case .disconnected: "disconnected"
    case .signedOut: "signed out"
    case .unusable: "unusable"
    }
  }

  var style: Style {
    switch self {
    case .connecting, .syncing: Style(.progress)
    case .watching: Style(.success)
    case .disconnected, .signedOut, .unusable: Style(.error)
    }
  }
}

extension Severity {
  /// A mark beside the colour, which not everybody sees.
  var symbol: String {
    switch self {
    case .critical: "✖"
    case .warning: "▲"
    case .info: "●"
    }
  }

  var style: Style {
    switch self {
    case .critical: Style(.critical)
    case .warning: Style(.warning)
    case .info: Style(.info)
    }
  }
}
