package import ClusterGraph
import Inspection
package import KubernetesObjects

/// The rows of a query that somebody looks at.
struct OpenRows: Sendable {
  var rows: ObjectRows
  /// As of which revision of the findings the weights are.
  var weightsRevision = -1
  /// When it was first told that rows are stale, after they were last asked for.
  var unaskedSince: Timestamp?
}

extension ClusterMonitor {
  /// How long rows are kept in order for nobody.
  private static let rowsPatience = Duration.seconds(10)
  /// How many changes that are not inspected yet are looked at for each page.
  private static let fewChanges = 2000

  /// The rows of a query at `positions`, and where `key` stands among them, as of the last
  /// inspection.
  ///
  /// The last query is kept in order while objects come and go, so that its next page costs no
  /// more than its rows.
  package func rows(
    _ query: RowQuery,
    at positions: Range<Int>,
    following key: ObjectKey? = nil
  ) -> ClusterRows {
    let open = rows(of: query)
    return ClusterRows(
      rows: open.handles(at: positions).compactMap { handle in
        guard let record = graph.record(of: handle) else { return nil }
        return ClusterRows.Row(
          key: record.key,
          uid: record.metadata.uid,
          resourceVersion: graph.resourceVersion(record.key),
          creationTimestamp: record.metadata.creationTimestamp,
          isTerminating: record.metadata.isTerminating,
          findings: digest.summary(about: record.key, handle),
          place: open.place(of: handle, in: graph)
        )
      },
      count: open.count,
      countWithoutFilter: open.countWithoutFilter,
      position: key.flatMap { graph.handle(of: .object($0)) }.flatMap(open.position),
      isRanked: open.isRanked
    )
  }

  /// A page of this cluster alone, in one call: while much changes, each has to wait for its turn.
  func page(_ query: ResourcesQuery) -> ResourcesPage {
    let count = rows(of: query.rows).count
    let offset = max(0, min(query.offset, count - query.limit))
    let located = query.locating.flatMap { $0.cluster == name ? $0.key : nil }
    let found = rows(query.rows, at: offset..<offset + query.limit, following: located)
    var page = ResourcesPage()
    page.fieldSelector = Self.fieldSelector(of: query.rows.kind)
    page.rows = found.rows.map { ResourcesPage.Row(cluster: name, object: $0) }
    page.offset = offset
    page.count = found.count
    page.countWithoutFilter = found.countWithoutFilter
    page.locatedIndex = found.position
    page.isRanked = found.isRanked
    page.visibility = [(name, context, visibility(of: query.rows.kind))]
    page.now = WallClock.system.now()
    return page
  }

  /// How many rows a query has, and how its kind can be seen.
  func counts(_ query: RowQuery) -> (rows: ClusterRows, visibility: ResourcesPage.Visibility) {
    (rows(query, at: 0..<0), visibility(of: query.kind))
  }

  /// By what the rows at some positions are sorted, as far as there are any.
  func samples(_ query: RowQuery, at positions: [Int]) -> [RowMerge.Sample] {
    let open = rows(of: query)
    return positions.compactMap { position in
      open.handles(at: position..<position + 1).first.map { handle in
        RowMerge.Sample(place: open.place(of: handle, in: graph), position: position)
      }
    }
  }

  /// How many rows there are before a place of another cluster.
  func count(_ query: RowQuery, before place: RowPlace, including: Bool) -> Int {
    rows(of: query).count(before: place, including: including, in: graph)
  }

  /// Sorts the rows of a query by ranks that its objects have in the order of a column.
  func rank(_ query: RowQuery, by ranks: [ObjectKey: Int64]) {
    var byHandle: [Handle: Int64] = [:]
    for (key, rank) in ranks {
      if let handle = graph.handle(of: .object(key)) { byHandle[handle] = rank }
    }
    open(query, ranks: byHandle)
  }

  /// How a kind can be seen.
  func visibility(of kind: ObjectKind) -> ResourcesPage.Visibility {
    if case .impossible(let reason) = reading { return .unseen(reason) }
    guard resource(of: kind) != nil else { return version.isEmpty ? .pending : .notServed }
    switch graph.knowledge(of: kind) {
    case .known: return .seen
    case .knownIn(let namespaces):
      let isWanted = namespaces == Set(options.namespaces)
      return isWanted ? .seen : .seenIn(namespaces.sorted())
    case .unknown(let reason):
      let isPending = streams.values.contains { $0.resource.kind == kind && !$0.isSettled }
      return isPending ? .pending : .unseen(reason)
    }
  }

  /// Keeps the open rows in order; forgets them where nobody asks for them any more.
  func updateRows(_ touched: HandleSet, at now: Timestamp) {
    guard openRows != nil else { return }
    let since = openRows?.unaskedSince ?? now
    guard since.elapsed(to: now) < Self.rowsPatience else {
      openRows = nil
      return
    }
    openRows?.unaskedSince = since
    openRows?.rows.update(touched, in: graph)
  }

  private func rows(of query: RowQuery) -> ObjectRows {
    var query = query
    query.filter = query.filter.resolving(column: "cluster", as: name)
    open(query)
    openRows?.unaskedSince = nil
    // What is gone already must not leave a gap; what a flood brings is shown once it is inspected.
    if dirty.count <= Self.fewChanges { openRows?.rows.update(dirty, in: graph) }
    return openRows?.rows ?? ObjectRows(query, in: graph)
  }

  /// Makes the rows of a query the open ones; by `ranks` where they are given, else by those that are
  /// known.
  private func open(_ query: RowQuery, ranks: [Handle: Int64]? = nil) {
    let usesWeights = query.order == .weight || query.onlyWeighted
    guard ranks == nil, let old = openRows?.rows.query, old.isSame(as: query) else {
      let isSameColumn = openRows?.rows.query.isSameColumn(as: query) == true
      openRows = OpenRows(
        rows: ObjectRows(
          query,
          weights: usesWeights ? digest.weights(of: query.kind, in: graph) : [:],
          ranks: ranks ?? (isSameColumn ? openRows?.rows.ranks : nil),
          in: graph
        ),
        weightsRevision: digest.revision
      )
      return
    }
    if old != query { openRows?.rows.setFilter(query.filter, in: graph) }
    if usesWeights, openRows?.weightsRevision != digest.revision {
      openRows?.weightsRevision = digest.revision
      openRows?.rows.setWeights(digest.weights(of: query.kind, in: graph), in: graph)
    }
  }
}

extension RowQuery {
  /// Whether two queries differ by their filters at most.
  fileprivate func isSame(as other: RowQuery) -> Bool {
    var other = other
    other.filter = filter
    return self == other
  }

  /// Whether ranks for one query are those for another, too.
  fileprivate func isSameColumn(as other: RowQuery) -> Bool {
    guard case .column = order else { return false }
    return (kind, namespace, selector, order)
      == (other.kind, other.namespace, other.selector, other.order)
  }
}

extension ObjectRows {
  /// Whether what they are to be sorted by is known.
  fileprivate var isRanked: Bool {
    if case .column = query.order { ranks != nil } else { true }
  }
}
