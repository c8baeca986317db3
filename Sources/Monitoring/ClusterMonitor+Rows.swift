package import ClusterGraph
import Inspection
package import KubernetesObjects

extension ClusterMonitor {
  /// The rows of a query at `positions`, and where `key` stands among them, as of the last
  /// inspection.
  ///
  /// The last query is kept in order while objects come and go, so that its next page costs no
  /// more than its rows.
  package func rows(
    _ query: RowQuery,
    at positions: Range<Int>,
    following key: ObjectKey? = nil
  ) -> ResourcePage {
    var open = openRows ?? ObjectRows(query, in: graph)
    openRows = nil  // Leaves `open` as the only owner, so that it changes in place.
    if open.query.isSame(as: query) {
      if open.query != query { open.setFilter(query.filter, in: graph) }
    } else {
      open = ObjectRows(query, in: graph)
    }
    let page = ResourcePage(
      rows: open.handles(at: positions).compactMap { handle in
        guard let record = graph.record(of: handle) else { return nil }
        return ResourcePage.Row(
          key: record.key,
          creationTimestamp: record.metadata.creationTimestamp,
          isTerminating: record.metadata.isTerminating,
          worstFinding: digest.worstSeverity(about: .object(record.key), handle)
        )
      },
      count: open.count,
      position: key.flatMap { graph.handle(of: .object($0)) }.flatMap(open.position)
    )
    openRows = open
    return page
  }
}

extension RowQuery {
  /// Whether two queries differ by their filters at most.
  fileprivate func isSame(as other: RowQuery) -> Bool {
    var other = other
    other.filter = filter
    return self == other
  }
}
