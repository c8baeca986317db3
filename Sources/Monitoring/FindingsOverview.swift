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
  /// Whether all that the first lists brought is inspected: what comes from then on is news.
  var isInspected = true
}

/// The findings of all clusters as screens see them: pages of the last query, which is kept while
/// it is asked for and nothing changes, and where something does, only that is sorted in.
struct FindingsOverview: Sendable {
  /// What of a query decides which findings there are, and in which order.
  private struct Arrangement: Equatable {
    let cluster: String?
    let filter: FindingsFilter
    let consequences: FindingsQuery.Consequences
    let grouping: FindingGrouping
    let folds: GroupFolds
  }

  private var snapshots: [String: FindingsSnapshot] = [:]
  private var recent = RecentFindings()
  /// Another number whenever anything has changed.
  private(set) var revision = 0
  /// How often findings were arranged, for tests.
  private(set) var arrangementsMade = 0
  /// Each cluster's findings, with those that were there a moment ago.
  private var shown: [String: SortedFindings] = [:]
  private var all = SortedFindings()
  private var arrangement: Arrangement?
  private var arrangedRevision = 0
  /// Whether what is being done about any finding has changed since findings were arranged.
  private var haveHealsChanged = false
  /// The findings that the query's cluster has, before its filter.
  private var unfiltered = SortedFindings()
  private var matching = SortedFindings()
  private var groups = FindingGroups(SortedFindings(), explained: [], consequences: .apart)
  /// In place of `groups` where the query has findings in groups.
  private var tree: FindingTree?

  /// Of a cluster's findings, which are known; `nil` where none are.
  func revision(of cluster: String) -> Int? { snapshots[cluster]?.revision }

  /// Takes in what a cluster has now, unless that came late and something newer is known.
  mutating func take(_ snapshot: FindingsSnapshot, at now: Timestamp) {
    if let known = self.revision(of: snapshot.cluster), known >= snapshot.revision { return }
    let old = snapshots.updateValue(snapshot, forKey: snapshot.cluster)
    revision += 1
    haveHealsChanged = haveHealsChanged || snapshot.heals != old?.heals ?? [:]
    let (gone, new) = snapshot.sorted.difference(from: old?.sorted ?? SortedFindings())
    let past =
      old?.isInspected == true
      ? recent.take(gone: gone, new: new, at: now) : (gone: [], new: [])
    replace(gone + past.gone, with: new + past.new, in: snapshot)
  }

  /// Forgets what was news a while ago, and what has been over for a while.
  mutating func fade(at now: Timestamp) {
    guard let faded = recent.fade(at: now) else { return }
    revision += 1
    for (cluster, gone) in Dictionary(grouping: faded, by: \.finding.cluster) {
      guard let snapshot = snapshots[cluster] else { continue }
      replace(gone, with: [], in: snapshot)
    }
  }

  private mutating func replace(
    _ gone: [ListedFinding],
    with new: [ListedFinding],
    in snapshot: FindingsSnapshot
  ) {
    if recent.past.isEmpty {
      shown[snapshot.cluster] = snapshot.sorted
    } else {
      shown[snapshot.cluster, default: SortedFindings()].replace(gone, with: new)
    }
    if shown.count == 1 {
      all = shown[snapshot.cluster] ?? SortedFindings()
    } else {
      all.replace(gone, with: new)
    }
  }

  /// The window that a query asks for.
  mutating func page(_ query: FindingsQuery) -> FindingsPage {
    arrange(
      Arrangement(
        cluster: query.cluster,
        filter: FindingsFilter(query.filter),
        consequences: query.consequences,
        grouping: query.grouping,
        folds: query.folds
      )
    )
    let past = recent.past.values.filter {
      query.cluster ?? $0.finding.cluster == $0.finding.cluster
    }
    var page = FindingsPage()
    page.revision = revision
    page.totalCount = unfiltered.all.count - past.count
    page.matchCount = matching.all.count - past.count(where: matches)
    page.rowCount = tree?.count ?? groups.count
    page.offset = max(0, min(query.offset, page.rowCount - query.limit))
    let lines = page.offset..<page.offset + query.limit
    page.lines =
      tree?.lines(at: lines).map(line) ?? groups.items(at: lines).map { .finding(row($0)) }
    page.locatedIndex = query.locating.flatMap { locate($0, near: page.offset) }
    return page
  }

  private func line(_ line: FindingTree.Line) -> FindingsPage.Line {
    switch line {
    case .group(let group): .group(group)
    case .finding(let item): .finding(row(item))
    }
  }

  private func row(_ item: FindingGroups.Item) -> FindingsPage.Row {
    FindingsPage.Row(
      finding: item.finding,
      heal: heal(of: item.finding),
      isConsequence: item.isConsequence,
      foldedCount: item.foldedCount,
      isNew: recent.isNew(item.finding.id),
      resolvedAt: item.listed.resolvedAt,
      bytes: item.listed.facets.bytes,
      absent: item.listed.facets.absent
    )
  }

  private func heal(of finding: Finding) -> HealState? {
    snapshots[finding.cluster]?.heals[finding.id]
  }

  private func locate(_ id: FindingsPage.LineID, near line: Int) -> Int? {
    func place(of id: FindingsPage.LineID) -> Int? {
      if let tree { return tree.line(of: id, near: line) }
      guard case .finding(let id) = id else { return nil }
      return groups.line(of: id, near: line)
    }
    if let found = place(of: id) { return found }
    guard case .finding(let finding) = id else { return nil }
    return root(of: finding).flatMap { place(of: .finding($0)) }
  }

  private func root(of id: FindingID) -> FindingID? {
    snapshots.values.lazy.compactMap { $0.roots[id] }.first
  }
}

// MARK: - Arranging

extension FindingsOverview {
  /// Brings the findings in the order in which a query wants them, unless they are.
  private mutating func arrange(_ wanted: Arrangement) {
    guard wanted != arrangement || revision != arrangedRevision else { return }
    arrangementsMade += 1
    let source = wanted.cluster.map { shown[$0] ?? SortedFindings() } ?? all
    let old = arrangement
    arrangement = wanted
    var difference: (gone: [ListedFinding], new: [ListedFinding])?
    if let old, old.cluster == wanted.cluster, old.filter == wanted.filter,
      !(wanted.filter.readsHeals && haveHealsChanged)
    {
      difference = filter(from: source, by: wanted)
    } else {
      matching = wanted.filter.isEmpty ? source : source.filter(matches)
    }
    unfiltered = source
    arrangedRevision = revision
    haveHealsChanged = false
    let explained = snapshots.values.lazy
      .filter { wanted.cluster ?? $0.cluster == $0.cluster }.flatMap(\.explained)
    let wantedExplained = wanted.consequences == .apart ? [] : Array(explained)
    guard wanted.grouping != .none else {
      tree = nil
      groups = FindingGroups(
        matching,
        explained: wantedExplained,
        consequences: wanted.consequences
      )
      return
    }
    if let difference, old?.grouping == wanted.grouping {
      tree?.update(gone: difference.gone, new: difference.new)
    } else {
      tree = FindingTree(wanted.grouping, matching)
    }
    tree?.arrange(
      wanted.folds,
      explained: wantedExplained,
      consequences: wanted.consequences
    )
  }

  private func matches(_ listed: ListedFinding) -> Bool {
    arrangement?.filter.matches(listed, heal: heal(of: listed.finding)) ?? true
  }

  /// Looks with the filter at what is new alone; answers how what matches differs, where anybody asks.
  private mutating func filter(
    from source: SortedFindings,
    by wanted: Arrangement
  ) -> (gone: [ListedFinding], new: [ListedFinding]) {
    guard !wanted.filter.isEmpty || wanted.grouping != .none else {
      matching = source
      return ([], [])
    }
    var (gone, new) = source.difference(from: unfiltered)
    guard !wanted.filter.isEmpty else {
      matching = source
      return (gone, new)
    }
    gone = gone.filter { matching.position(of: $0) != nil }
    new = new.filter(matches)
    matching.replace(gone, with: new)
    return (gone, new)
  }
}
