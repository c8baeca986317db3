import AgentClient
import Monitoring
import TerminalKit

/// What every reader of a screen must know; it stands beside the title, where nothing displaces it.
struct StatusNotes: Equatable {
  private struct Note: Equatable {
    let text: DisplayText
    let style: Style
  }

  private let notes: [Note]

  init(_ statuses: [ClusterStatus]) {
    var notes: [(String, Style)] = []
    let stale = statuses.filter { $0.connection.trouble != nil && $0.objectCount > 0 }
    if let note = Self.note(onLostAgents: statuses) {
      notes.append((note, Style(.error)))
    } else if !stale.isEmpty {
      let count = stale.count == statuses.count ? "" : "\(stale.count) "
      notes.append((count + "not up to date", Style(.error)))
    }
    let blindness = Blindness(statuses)
    if !blindness.isNone { notes.append((blindness.summary, Style(.warning))) }
    let readOnly = statuses.count { $0.readOnlyRule != nil }
    if readOnly > 0 {
      let text = readOnly == statuses.count ? "read-only" : "\(readOnly) read-only"
      notes.append((text, Style(.muted)))
    }
    if statuses.contains(where: \.isHealingPaused) {
      notes.append(("healing paused", Style(.warning)))
    }
    let queued = statuses.reduce(0) { $0 + $1.queuedPlans }
    if queued > 0 { notes.append(("\(queued) in :queue", Style(.info))) }
    if let limit = statuses.lazy.compactMap(\.settlesAtMost).first {
      notes.append(("demo: windows ≤ \(limit.components.seconds) s", Style(.muted)))
    }
    self.notes = notes.map { Note(text: DisplayText(" \($0) "), style: $1) }
  }

  /// The agents that are not there, and as of when what they told is; `nil` where all are there.
  private static func note(onLostAgents statuses: [ClusterStatus]) -> String? {
    var lost: [String: AgentStatus] = [:]
    for agent in statuses.flatMap(\.agents) where agent.connection.trouble != nil {
      lost[agent.place] = agent
    }
    guard let first = lost.values.min(by: { $0.place < $1.place }) else { return nil }
    let heard = lost.values.compactMap(\.lastHeard).min().map { ", as of \($0.timeOfDay)" } ?? ""
    return (lost.count == 1 ? "agent \(first.place) lost" : "\(lost.count) agents lost") + heard
  }

  /// The columns that they take.
  var width: Int { notes.reduce(0) { $0 + $1.text.width + 1 } }

  func draw(on canvas: inout Canvas, row: Int) {
    var column = max(2, canvas.size.columns - width)
    for note in notes {
      column = canvas.write(note.text, row: row, column: column, style: note.style) + 1
    }
  }
}

/// What cannot be inspected of some clusters, so that nobody takes silence for health.
struct Blindness {
  private let unseenKinds: Int
  private let kindsInPart: Int
  private let brokenGroups: Int

  init(_ statuses: [ClusterStatus]) {
    let kinds = statuses.filter { $0.connection == .watching }.flatMap(\.notInspected)
    unseenKinds = kinds.count { $0.onlyNamespaces.isEmpty }
    kindsInPart = kinds.count - unseenKinds
    brokenGroups = statuses.reduce(0) { $0 + $1.brokenGroups.count }
  }

  var isNone: Bool { unseenKinds + kindsInPart + brokenGroups == 0 }

  /// `54 kinds not inspected`.
  var summary: String {
    var parts: [String] = []
    if unseenKinds > 0 { parts.append("\(Self.count(unseenKinds, "kind")) not inspected") }
    if kindsInPart > 0 {
      parts.append("\(Self.count(kindsInPart, "kind")) of some namespaces only")
    }
    if brokenGroups > 0 { parts.append("\(Self.count(brokenGroups, "API group")) broken") }
    return parts.joined(separator: ", ")
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
