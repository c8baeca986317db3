package import Inspection
package import KubernetesObjects

/// A finding with what only its cluster's model knows of it, for whoever follows findings from outside.
package struct KnownFinding: Sendable {
  package let reported: ReportedFinding
  /// The shard to which it belongs, where several agents share its cluster.
  package let shard: Int
  private let listed: ListedFinding
  /// The title of its check; empty where that is not known.
  package let title: String
  /// The finding at the root of all that explain it; `nil` where none does.
  package let cause: FindingID?
  /// Where it meets findings of which other agents tell; `nil` where it meets none, or no others share its
  /// cluster.
  package let ends: CausalEnds?

  init(
    _ reported: ReportedFinding,
    _ listed: ListedFinding,
    shard: Int = 0,
    title: String = "",
    cause: FindingID? = nil,
    ends: CausalEnds? = nil
  ) {
    self.reported = reported
    self.listed = listed
    self.shard = shard
    self.title = title
    self.cause = cause
    self.ends = ends
  }

  package var finding: Finding { reported.finding }
  /// Who answers for it; empty where nobody is known.
  package var team: String { listed.facets.team }
  package var layer: OwnershipLayer { listed.facets.layer }
  /// The Node that it is about, or on which its object runs; empty where there is none.
  package var node: String { listed.facets.node }
  /// What controls its object in the end; empty where nothing does.
  package var owner: String { listed.facets.owner }
  package var labels: Labels { listed.facets.labels }
  /// What its object takes, where it dangles.
  package var bytes: Int64 { listed.facets.bytes }
  /// What it names that is not there.
  package var absent: [VertexID] { listed.facets.absent }

  package func matches(_ filter: FindingsFilter) -> Bool { filter.matches(listed) }
}

extension KnownFinding: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.reported == right.reported && left.listed.facets == right.listed.facets
      && left.title == right.title && left.cause == right.cause
      && left.ends == right.ends
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
  var causes: FoundCauses?
}

extension ClusterMonitor {
  /// A finding with what only the model knows of it.
  func known(
    _ listed: ListedFinding,
    title: String = "",
    cause: FindingID? = nil,
    ends: CausalEnds? = nil
  ) -> KnownFinding {
    KnownFinding(
      reported(listed.finding, isSuspect: false),
      listed,
      shard: inspector.shard(of: listed.finding.id, in: graph),
      title: title,
      cause: cause,
      ends: ends
    )
  }

  /// What became of the findings since `told`; `nil` where nothing did.
  func newsOfFindings(since told: FindingsTold?) -> (news: FindingsNews, told: FindingsTold)? {
    let revision = pageRevision + digest.revision
    guard revision != told?.revision else { return nil }
    let sorted = digest.sorted
    let (gone, new) = sorted.difference(from: told?.sorted ?? SortedFindings())
    let there = Set(new.map(\.finding.id))
    let causes = causes()
    // What something else explains than before is other than it was.
    let changed =
      new + causes.differences(from: told?.causes).subtracting(there).compactMap(digest.listed)
    let titles = Dictionary(
      options.checks.map { ($0.id, $0.title) },
      uniquingKeysWith: { first, _ in first }
    )
    var news = FindingsNews()
    news.changed = changed.map { listed in
      let id = listed.finding.id
      return known(
        listed,
        title: titles[listed.finding.check] ?? "",
        cause: causes.roots[id],
        ends: causes.ends[id]
      )
    }
    for finding in gone.map(\.finding) where !there.contains(finding.id) {
      if coverage.moved.contains(finding.id) {
        news.moved.append(finding)
      } else {
        news.gone.append(finding)
      }
    }
    return (news, FindingsTold(revision: revision, sorted: sorted, causes: causes))
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
