import ClusterGraph
import Inspection
package import KubernetesObjects

extension Fleet {
  /// The clusters that a query is about.
  nonisolated func monitors(of cluster: String?) -> [ClusterMonitor] {
    monitors.filter { cluster == nil || $0.name == cluster }
  }

  /// The window of the objects of a kind that `query` asks for, those of all clusters in one order.
  package nonisolated func resources(_ query: ResourcesQuery) async -> ResourcesPage {
    let monitors = monitors(of: query.cluster)
    for monitor in monitors { await monitor.readDirectly() }
    if monitors.count == 1 { return await monitors[0].page(query) }
    var page = ResourcesPage()
    page.fieldSelector = ClusterMonitor.fieldSelector(of: query.rows.kind)
    var counts: [Int] = []
    for monitor in monitors {
      let (rows, visibility) = await monitor.counts(query.rows)
      counts.append(rows.count)
      page.countWithoutFilter += rows.countWithoutFilter
      page.isRanked = page.isRanked && rows.isRanked
      page.visibility.append((monitor.name, await monitor.context, visibility))
    }
    page.count = counts.reduce(0, +)
    page.offset = max(0, min(query.offset, page.count - query.limit))
    page.rows = await rows(query, of: monitors, counts, from: page.offset)
    if let id = query.locating { page.locatedIndex = await index(of: id, query.rows, monitors) }
    page.now = WallClock.system.now()
    return page
  }

  private nonisolated func rows(
    _ query: ResourcesQuery,
    of monitors: [ClusterMonitor],
    _ counts: [Int],
    from offset: Int
  ) async -> [ResourcesPage.Row] {
    var merge = RowMerge(query.rows, counts: counts, offset: offset)
    while !merge.isNarrow {
      var samples: [[RowMerge.Sample]] = []
      for (list, monitor) in monitors.enumerated() {
        samples.append(await monitor.samples(query.rows, at: merge.positions(ofList: list)))
      }
      merge.take(samples)
    }
    var rows: [(list: Int, row: ResourcesPage.Row)] = []
    for (list, monitor) in monitors.enumerated() {
      let range = merge.low[list]..<merge.high[list] + query.limit
      let found = await monitor.rows(query.rows, at: range).rows
      rows += found.map { (list, ResourcesPage.Row(cluster: monitor.name, object: $0)) }
    }
    rows.sort { left, right in
      RowMerge.precedes(
        (left.row.object.place, left.list),
        (right.row.object.place, right.list),
        in: query.rows
      )
    }
    let before = offset - merge.low.reduce(0, +)
    return rows.dropFirst(before).prefix(query.limit).map(\.row)
  }

  /// Where an object stands among those of all clusters.
  private nonisolated func index(
    of id: ClusterObject,
    _ query: RowQuery,
    _ monitors: [ClusterMonitor]
  ) async -> Int? {
    guard let list = monitors.firstIndex(where: { $0.name == id.cluster }),
      let position = await monitors[list].rows(query, at: 0..<0, following: id.key).position,
      let place = await monitors[list].samples(query, at: [position]).first?.place
    else { return nil }
    var index = position
    for (other, monitor) in monitors.enumerated() where other != list {
      index += await monitor.count(query, before: place, including: other < list)
    }
    return index
  }
}

// MARK: - What there is

/// What the clusters have that commands can name.
package struct FleetContents: Sendable, Equatable {
  package var clusters: [String] = []
  /// Every kind that a cluster serves and that is followed, once.
  package var resources: [APIResource] = []
  package var namespaces: [String] = []
  /// Whether there are no others.
  package var knowsAllNamespaces = true
  package var checks: [String] = []

  package init() {}
}

extension Fleet {
  package nonisolated func contents() async -> FleetContents {
    var contents = FleetContents()
    var kinds: Set<ObjectKind> = []
    var namespaces: Set<String> = []
    var checks: Set<String> = []
    for monitor in monitors {
      contents.clusters.append(monitor.name)
      for resource in await monitor.resources.values where kinds.insert(resource.kind).inserted {
        contents.resources.append(resource)
      }
      let seen = await monitor.namespaces()
      namespaces.formUnion(seen.names)
      contents.knowsAllNamespaces = contents.knowsAllNamespaces && seen.areAll
      checks.formUnion(await monitor.options.checks.map(\.id.description))
    }
    contents.resources.sort { $0.kind < $1.kind }
    contents.namespaces = namespaces.sorted()
    contents.checks = checks.sorted()
    return contents
  }
}

extension ClusterMonitor {
  /// The namespaces that are there, or that alone are followed; and whether these are all.
  fileprivate func namespaces() -> (names: [String], areAll: Bool) {
    let names = graph.keys(of: Namespace.kind).map(\.name) + options.namespaces
    return (names, graph.knowledge(of: Namespace.kind) == .known)
  }
}
