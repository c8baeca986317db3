package import Inspection

/// A finding with what only its cluster's model knows of it, for whoever follows findings from outside.
package struct KnownFinding: Sendable {
  package let reported: ReportedFinding
  /// The shard to which it belongs, where several agents share its cluster.
  package let shard: Int
  private let listed: ListedFinding

  init(_ reported: ReportedFinding, _ listed: ListedFinding, shard: Int = 0) {
    self.reported = reported
    self.listed = listed
    self.shard = shard
  }

  package var finding: Finding { reported.finding }
  /// Who answers for it; empty where nobody is known.
  package var team: String { listed.facets.team }
  package var layer: OwnershipLayer { listed.facets.layer }

  package func matches(_ filter: FindingsFilter) -> Bool { filter.matches(listed) }
}

extension KnownFinding: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.reported == right.reported && left.team == right.team && left.layer == right.layer
  }
}

/// What became of findings since somebody last asked.
package struct FindingsNews: Sendable {
  /// Those that are new, or other than they were.
  package var changed: [KnownFinding] = []
  /// Those that are over.
  package var gone: [Finding] = []
  /// Those that are told of elsewhere from now on, where others cover what they are about: nothing is known of
  /// whether they are over.
  package var moved: [Finding] = []

  package init() {}

  package var isEmpty: Bool { changed.isEmpty && gone.isEmpty && moved.isEmpty }
}

/// Up to where a cluster's findings were told.
struct FindingsTold: Sendable {
  var revision: Int
  var sorted: SortedFindings
}

extension ClusterMonitor {
  /// A finding with what only the model knows of it.
  func known(_ listed: ListedFinding) -> KnownFinding {
    KnownFinding(
      reported(listed.finding, isSuspect: false),
      listed,
      shard: inspector.shard(of: listed.finding.id, in: graph)
    )
  }

  /// What became of the findings since `told`; `nil` where nothing did.
  func newsOfFindings(since told: FindingsTold?) -> (news: FindingsNews, told: FindingsTold)? {
    let revision = digest.revision
    guard revision != told?.revision else { return nil }
    let sorted = digest.sorted
    let (gone, new) = sorted.difference(from: told?.sorted ?? SortedFindings())
    let there = Set(new.map(\.finding.id))
    var news = FindingsNews()
    news.changed = new.map { known($0) }
    for finding in gone.map(\.finding) where !there.contains(finding.id) {
      if coverage.moved.contains(finding.id) {
        news.moved.append(finding)
      } else {
        news.gone.append(finding)
      }
    }
    return (news, FindingsTold(revision: revision, sorted: sorted))
  }
}

extension Fleet {
  /// What became of the findings of all clusters since it was last asked, for one who asks.
  package func newsOfFindings() async -> FindingsNews {
    var all = FindingsNews()
    for monitor in monitors {
      guard let (news, told) = await monitor.newsOfFindings(since: findingsTold[monitor.name])
      else { continue }
      findingsTold[monitor.name] = told
      all.changed += news.changed
      all.gone += news.gone
      all.moved += news.moved
    }
    return all
  }
}
