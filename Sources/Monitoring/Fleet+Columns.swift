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
  /// What is listed at once: one namespace of a cluster, or all.
  struct Place: Sendable {
    let monitor: ClusterMonitor
    let namespace: String?
  }

  let query: ColumnQuery
  var progress: ColumnProgress
  let places: [Place]
  /// The place whose objects are loaded.
  var place = 0
  var continueToken: String?
  /// What was loaded, of each place.
  var cells: [[(key: ObjectKey, text: String)]]
  /// Why some of it was not.
  var refusal: String?

  init(_ query: ColumnQuery, _ places: [Place], total: Int, at time: Timestamp) {
    self.query = query
    self.places = places
    cells = places.map { _ in [] }
    progress = ColumnProgress(time: time)
    progress.total = total
  }
}

extension Fleet {
  private static let pageSize = 500

  /// Loads the next page of the cells of a column; with the last one the rows of the query are in their
  /// order.
  ///
  /// Whoever asks for another column, or no more, has given up the one before. What takes long, reading
  /// pages and sorting, holds up nobody who asks the fleet something.
  @concurrent
  package nonisolated func loadColumn(
    _ query: ColumnQuery,
    isFirst: Bool
  ) async -> ColumnProgress {
    let begun = await takeColumnLoad()
    var load =
      if let begun, begun.query == query, !isFirst { begun } else { await begin(query) }
    guard let column = query.column else { return load.progress }
    if load.place < load.places.count { await loadPage(of: column, into: &load) }
    if load.place == load.places.count, load.progress.problem == nil {
      if load.progress.loaded == 0, let refusal = load.refusal {
        load.progress.problem = refusal
      } else {
        await rank(load)
      }
      load.progress.isDone = true
    }
    if !load.progress.isDone { await keepColumnLoad(load) }
    return load.progress
  }

  private nonisolated func begin(_ query: ColumnQuery) async -> ColumnLoad {
    var places: [ColumnLoad.Place] = []
    var total = 0
    for monitor in monitors(of: query.cluster) {
      total += await monitor.rows(query.rows, at: 0..<0).countWithoutFilter
      let followed = await monitor.followedNamespaces(of: query.rows.kind)
      let wanted = query.rows.namespace.map { followed.isEmpty ? [] : [$0] } ?? followed
      places += wanted.map { ColumnLoad.Place(monitor: monitor, namespace: $0) }
    }
    return ColumnLoad(query, places, total: total, at: WallClock.system.now())
  }

  private func takeColumnLoad() -> ColumnLoad? { columnLoad.take() }

  private func keepColumnLoad(_ load: ColumnLoad) { columnLoad = load }

  private nonisolated func loadPage(of column: String, into load: inout ColumnLoad) async {
    let query = load.query.rows
    let place = load.places[load.place]
    guard let resource = await place.monitor.resource(of: query.kind) else {
      return load.goOn(with: nil)
    }
    do {
      let table = try await place.monitor.source.table(
        of: resource,
        in: place.namespace,
        labelSelector: query.selector?.description ?? "",
        fieldSelector: ClusterMonitor.fieldSelector(of: query.kind),
        limit: Self.pageSize,
        continueToken: load.continueToken
      )
      guard let table else { return load.end("\(place.monitor.name) makes no tables.") }
      if let index = table.columns.firstIndex(where: { $0.name == column }) {
        load.cells[load.place] += table.rows.map { row in
          (ObjectKey(query.kind, namespace: row.namespace, name: row.name), row.cells[index])
        }
      }
      load.progress.loaded += table.rows.count
      load.goOn(with: table.continueToken)
    } catch .forbidden(let message) {
      // What is shown elsewhere is sorted all the same.
      load.refusal = message
      load.goOn(with: nil)
    } catch {
      load.end(error.description)
    }
  }

  private nonisolated func rank(_ load: ColumnLoad) async {
    var rest = CellRanks.ranks(of: load.cells.joined().map(\.text))[...]
    var ranks: [String: [ObjectKey: Int64]] = [:]
    for (place, cells) in zip(load.places, load.cells) {
      for (cell, rank) in zip(cells, rest) {
        ranks[place.monitor.name, default: [:]][cell.key] = rank
      }
      rest = rest.dropFirst(cells.count)
    }
    for monitor in monitors(of: load.query.cluster) {
      await monitor.rank(load.query.rows, by: ranks[monitor.name] ?? [:])
    }
  }
}

extension ColumnLoad {
  /// Goes on with the next page, or with the next place.
  fileprivate mutating func goOn(with token: String?) {
    continueToken = token
    if token == nil { place += 1 }
  }

  fileprivate mutating func end(_ problem: String) {
    progress.problem = problem
    progress.isDone = true
  }
}

extension ClusterMonitor {
  /// Where a kind is followed: `nil` stands for all namespaces.
  fileprivate func followedNamespaces(of kind: ObjectKind) -> [String?] {
    let namespaces = streams.keys.filter { $0.kind == kind }.map(\.namespace)
    return namespaces.contains(nil) ? [nil] : namespaces.compactMap(\.self).sorted()
  }
}
