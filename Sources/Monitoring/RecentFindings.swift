import Inspection
import KubernetesObjects

/// Which findings are news, and which are over but still shown for a moment.
struct RecentFindings: Sendable {
  static let newsDuration = Duration.seconds(5)
  static let pastDuration = Duration.seconds(10)
  /// So many at once are a flood, of which nobody reads each.
  static let limit = 500

  private var news: [FindingID: Timestamp] = [:]
  /// Those that are over, as they were.
  private(set) var past: [FindingID: ListedFinding] = [:]

  func isNew(_ id: FindingID) -> Bool { news[id] != nil }

  /// Takes in how a cluster's findings differ; answers how those that are over do.
  mutating func take(
    gone: [ListedFinding],
    new: [ListedFinding],
    at now: Timestamp
  ) -> (gone: [ListedFinding], new: [ListedFinding]) {
    let known = Set(gone.map(\.finding.id))
    let there = Set(new.map(\.finding.id))
    var back: [ListedFinding] = []
    for id in there.subtracting(known) {
      if let listed = past.removeValue(forKey: id) { back.append(listed) }
      if news.count < Self.limit { news[id] = now }
    }
    var over: [ListedFinding] = []
    for listed in gone where !there.contains(listed.finding.id) {
      news[listed.finding.id] = nil
      guard past.count < Self.limit else { continue }
      let last = listed.resolved(at: now)
      past[listed.finding.id] = last
      over.append(last)
    }
    return (back, over)
  }

  /// Forgets what has been shown for long enough, and answers what is shown no more; `nil` where
  /// nothing changes.
  mutating func fade(at now: Timestamp) -> [ListedFinding]? {
    let count = news.count
    news = news.filter { now < $0.value + Self.newsDuration }
    let faded = past.values.filter { listed in
      listed.resolvedAt.map { now >= $0 + Self.pastDuration } ?? true
    }
    for listed in faded { past[listed.finding.id] = nil }
    return news.count == count && faded.isEmpty ? nil : faded
  }
}
