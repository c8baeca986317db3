import Inspection
import KubernetesObjects

/// The findings of one cluster as they stood at one moment.
struct FindingsSnapshot: Sendable {
  var cluster: String
  /// Another number whenever anything of it has changed.
  var revision: Int
  var sorted = SortedFindings()
  var roots: [FindingID: FindingID] = [:]
  /// The same, with the findings themselves.
  var explained: [FindingGroups.Explained] = []
  var heals: [FindingID: HealState] = [:]
}

/// The findings of all clusters as screens see them: pages of the last query, which is kept while
/// it is asked for and nothing changes, and where something does, only that is sorted in.
struct FindingsOverview: Sendable {
  /// What of a query decides which findings there are, and in which order.
  private struct Arrangement: Equatable {
    let cluster: String?
    let filter: FindingsFilter
    let consequences: FindingsQuery.Consequences
  }

  private var snapshots: [String: FindingsSnapshot] = [:]
  /// Another number whenever anything has changed.
  private(set) var revision = 0
  /// How often findings were arranged, for tests.
  private(set) var arrangementsMade = 0
  private var all = SortedFindings()
  private var arrangement: Arrangement?
  private var arrangedRevision = 0
  /// The findings that the query's cluster has, before its filter.
  private var unfiltered = SortedFindings()
  private var matching = SortedFindings()
  private var groups = FindingGroups(SortedFindings(), explained: [], consequences: .apart)

  /// Of a cluster's findings, which are known; `nil` where none are.
  func revision(of cluster: String) -> Int? { snapshots[cluster]?.revision }

  /// Takes in what a cluster has now, unless that came late and something newer is known.
  mutating func take(_ snapshot: FindingsSnapshot) {
    if let known = self.revision(of: snapshot.cluster), known >= snapshot.revision { return }
    let old = snapshots.updateValue(snapshot, forKey: snapshot.cluster)
    revision += 1
    if snapshots.count == 1 {
      all = snapshot.sorted
    } else {
      let (gone, new) = snapshot.sorted.difference(from: old?.sorted ?? SortedFindings())
      all.replace(gone, with: new)
    }
  }

  /// The window that a query asks for.
  mutating func page(_ query: FindingsQuery) -> FindingsPage {
    arrange(
      Arrangement(
        cluster: query.cluster,
        filter: FindingsFilter(query.filter),
        consequences: query.consequences
      )
    )
    var page = FindingsPage()
    page.revision = revision
    page.totalCount = unfiltered.all.count
    page.matchCount = matching.all.count
    page.rowCount = groups.count
    page.offset = max(0, min(query.offset, groups.count - query.limit))
    page.rows = groups.items(at: page.offset..<page.offset + query.limit).map { item in
      FindingsPage.Row(
        finding: item.finding,
        heal: snapshots[item.finding.cluster]?.heals[item.finding.id],
        isConsequence: item.isConsequence,
        foldedCount: item.foldedCount
      )
    }
    page.locatedIndex = query.locating.flatMap { id in
      groups.line(of: id, near: page.offset)
        ?? root(of: id).flatMap { groups.line(of: $0, near: page.offset) }
    }
    return page
  }

  private func root(of id: FindingID) -> FindingID? {
    snapshots.values.lazy.compactMap { $0.roots[id] }.first
  }

  /// Brings the findings in the order in which a query wants them, unless they are.
  private mutating func arrange(_ wanted: Arrangement) {
    guard wanted != arrangement || revision != arrangedRevision else { return }
    arrangementsMade += 1
    let source =
      wanted.cluster.map { snapshots[$0]?.sorted ?? SortedFindings() } ?? all
    if let arrangement, arrangement.cluster == wanted.cluster, arrangement.filter == wanted.filter {
      filter(from: source, by: wanted.filter)
    } else {
      matching = wanted.filter.isEmpty ? source : source.filter(wanted.filter.matches)
    }
    unfiltered = source
    arrangement = wanted
    arrangedRevision = revision
    let explained = snapshots.values.lazy
      .filter { wanted.cluster ?? $0.cluster == $0.cluster }.flatMap(\.explained)
    groups = FindingGroups(
      matching,
      explained: wanted.consequences == .apart ? [] : Array(explained),
      consequences: wanted.consequences
    )
  }

  /// Looks with the filter at what is new alone.
  private mutating func filter(from source: SortedFindings, by filter: FindingsFilter) {
    guard !filter.isEmpty else {
      matching = source
      return
    }
    let (gone, new) = source.difference(from: unfiltered)
    matching.replace(gone, with: new.filter { filter.matches($0.finding) })
  }
}
