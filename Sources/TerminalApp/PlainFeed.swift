package import Inspection
package import KubernetesObjects
package import Monitoring
import TerminalKit

/// What happens as lines of plain text, for whoever has them read aloud or keeps them.
///
/// Each line makes sense by itself: when, which cluster, how bad in words, what.
package struct PlainFeed: Sendable {
  private var connections: [String: String] = [:]
  private var findings: [FindingID: Finding] = [:]

  package init() {}

  /// The lines for clusters that are connected otherwise than before.
  package mutating func take(_ statuses: [ClusterStatus], at time: Timestamp) -> [String] {
    statuses.compactMap { status in
      let text = Self.sentence(on: status)
      guard connections.updateValue(text, forKey: status.name) != text else { return nil }
      return Self.line(time, status.name, text)
    }
  }

  /// The lines for findings that are new, other or gone; muted ones are no news.
  package mutating func take(_ all: [Finding], at time: Timestamp) -> [String] {
    let now = Dictionary(
      all.filter { $0.muting == nil }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    // What was there before is told in the order in which it was found, not at random.
    let gone = findings.values.filter { now[$0.id] == nil }
      .sorted { ($0.since, $0.id.description) < ($1.since, $1.id.description) }
    var told: Set<FindingID> = []
    let news = all.compactMap { finding -> (word: String, Finding)? in
      guard now[finding.id] != nil, told.insert(finding.id).inserted else { return nil }
      guard let old = findings[finding.id] else { return ("raised", finding) }
      let isSame = old.severity == finding.severity && old.message == finding.message
      return isSame ? nil : ("changed", finding)
    }
    findings = now
    return (gone.map { ("resolved", $0) } + news).map { word, finding in
      Self.line(time, finding.cluster, "\(word), \(finding.severity.name): \(finding.message)")
    }
  }

  private static func sentence(on status: ClusterStatus) -> String {
    if let trouble = status.connection.trouble {
      let stale = status.objectCount > 0 ? "What was told is not up to date. " : ""
      return "\(status.connection.word). \(stale)\(trouble)"
    }
    guard status.connection == .watching else {
      return "\(status.connection.word). Findings come once all kinds are listed."
    }
    let blindness = Blindness([status])
    return blindness.isNone ? "live, everything is inspected." : "live, but \(blindness.summary)."
  }

  private static func line(_ time: Timestamp, _ cluster: String, _ text: String) -> String {
    DisplayText("\(time.timeOfDay) UTC, \(cluster): \(text)").string
  }
}
