import Inspection
import Monitoring
import TerminalKit

/// The first row of every screen: how the clusters are.
struct StatusLine: Equatable {
  private struct Part: Equatable {
    let text: String
    let style: Style
    /// The columns left free behind it.
    var gap = 0
  }

  private let parts: [Part]

  init(_ statuses: [ClusterStatus]) {
    var parts = [Part(text: "KPatrol", style: Style(.title, isBold: true), gap: 2)]
    parts += Self.clusters(statuses).map { Part(text: $0.text, style: $0.style) }
    parts[parts.count - 1].gap = 2
    for severity in Severity.allCases {
      let count = statuses.reduce(0) { $0 + ($1.findings[severity] ?? 0) }
      guard count > 0 else { continue }
      let text = "\(severity.symbol) \(count) \(severity.name)"
      parts.append(Part(text: text, style: severity.style, gap: 2))
    }
    let quiet = [
      (statuses.reduce(0) { $0 + $1.mutedCount }, "muted"),
      (statuses.reduce(0) { $0 + $1.suspectCount }, "settling"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    parts.append(Part(text: quiet.joined(separator: "  "), style: Style(.muted)))
    self.parts = parts
  }

  func draw(on canvas: inout Canvas) {
    var column = 1
    for part in parts {
      column = canvas.write(part.text, row: 0, column: column, style: part.style) + part.gap
    }
  }

  /// The name and state of the only cluster, or how many there are and how many of them need care.
  private static func clusters(
    _ statuses: [ClusterStatus]
  ) -> [(text: String, style: Style)] {
    guard statuses.count > 1 else {
      guard let status = statuses.first else { return [("starting", Style(.muted))] }
      let connection = status.connection
      return [
        (DisplayText(status.name).cutInMiddle(to: 24).string + ": ", Style(.muted)),
        (connection.word, connection.trouble == nil ? Style(.muted) : connection.style),
      ]
    }
    let troubled = statuses.count { $0.connection.trouble != nil }
    let agentsAlone = statuses.count(where: \.isAgentAlone)
    var parts = [("\(statuses.count - agentsAlone) clusters", Style(.muted))]
    if agentsAlone > 0 {
      parts[0].0 += agentsAlone == 1 ? ", 1 agent alone" : ", \(agentsAlone) agents alone"
    }
    if troubled > 0 { parts.append((", \(troubled) unreachable", Style(.error))) }
    return parts
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
