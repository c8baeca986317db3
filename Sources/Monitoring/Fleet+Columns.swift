package import ClusterGraph
import KubernetesClient
package import KubernetesObjects

/// A column by whose cells rows are to be sorted.
package struct ColumnQuery: Sendable, Hashable {
  package let cluster: String?
  package let rows: RowQuery

  package init(_ rows: RowQuery, cluster: String?) {
    self.rows = rows
    self.cluster = cluster
  }

  fileprivate var column: String? {
    guard case .column(let name) = rows.order else { return nil }
    return name
  }
}

/// How far the cells of a column are loaded.
package struct ColumnProgress: Sendable, Equatable {
  package var loaded = 0
  package var total = 0
  package var isDone = false
  /// Why it ended without an order.
  package var problem: String?
  /// When the first cells were asked for.
  package var time: Timestamp

  package init(time: Timestamp) { self.time = time }
}

/// The cells of a column, while they are being loaded.
struct ColumnLoad: Sendable {
  let query: ColumnQuery
  var progress: ColumnProgress
  /// The cluster whose objects are loaded, by its place among those of the query.
  var cluster = 0
  var continueToken: String?
  /// What was loaded, of each cluster.
  var cells: [[(key: ObjectKey, text: String)]]
}

extension Fleet {
  private static let pageSize = 500

  /// Loads the next page of the cells of a column; with the last one the rows of the query are in their
  /// order.
  ///
  /// Whoever asks for another column, or no more, has given up the one before.
  package func loadColumn(_ query: ColumnQuery, isFirst: Bool) async -> ColumnProgress {
    let monitors = monitors(of: query.cluster)
    var load =
      isFirst ? nil : columnLoad.flatMap { $0.query == query ? $0 : nil }
    if load == nil {
      load = ColumnLoad(
        query: query,
        progress: ColumnProgress(time: WallClock.system.now()),
        cells: monitors.map { _ in [] }
      )
      for monitor in monitors {
        load?.progress.total += await monitor.rows(query.rows, at: 0..<0).countWithoutFilter
      }
    }
    columnLoad = nil
    guard var load, let column = query.column else {
      return ColumnProgress(time: WallClock.system.now())
    }
    if load.cluster < monitors.count {
      await loadPage(of: column, from: monitors[load.cluster], into: &load)
    }
    if load.cluster == monitors.count, load.progress.problem == nil {
      await rank(monitors, by: load)
      load.progress.isDone = true
    }
    if !load.progress.isDone { columnLoad = load }
    return load.progress
  }

  private nonisolated func loadPage(
    of column: String,
    from monitor: ClusterMonitor,
    into load: inout ColumnLoad
  ) async {
    let query = load.query.rows
    func goOn(_ token: String?, _ load: inout ColumnLoad) {
      load.continueToken = token
      if token == nil { load.cluster += 1 }
    }
    // Where nothing of the kind is seen there is nothing to sort.
    guard let resource = await monitor.resource(of: query.kind) else { return goOn(nil, &load) }
    do {
      let table = try await monitor.source.table(
        of: resource,
        in: query.namespace,
        labelSelector: query.selector?.description ?? "",
        fieldSelector: ClusterMonitor.fieldSelector(of: query.kind),
        limit: Self.pageSize,
        continueToken: load.continueToken
      )
      guard let table else { return load.end("\(monitor.name) makes no tables.") }
      if let index = table.columns.firstIndex(where: { $0.name == column }) {
        load.cells[load.cluster] += table.rows.map { row in
          (ObjectKey(query.kind, namespace: row.namespace, name: row.name), row.cells[index])
        }
      }
      load.progress.loaded += table.rows.count
      goOn(table.continueToken, &load)
    } catch .forbidden(_) where load.query.cluster == nil {
      // The objects of clusters that show them are sorted all the same.
      goOn(nil, &load)
    } catch {
      load.end(error.description)
    }
  }

  private nonisolated func rank(_ monitors: [ClusterMonitor], by load: ColumnLoad) async {
    let ranks = CellRanks.ranks(of: load.cells.joined().map(\.text))
    var rest = ranks[...]
    for (monitor, cells) in zip(monitors, load.cells) {
      var byKey: [ObjectKey: Int64] = [:]
      for (cell, rank) in zip(cells, rest) { byKey[cell.key] = rank }
      rest = rest.dropFirst(cells.count)
      await monitor.rank(load.query.rows, by: byKey)
    }
  }
}

extension ColumnLoad {
  fileprivate mutating func end(_ problem: String) {
    progress.problem = problem
    progress.isDone = true
  }
}
