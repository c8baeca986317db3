import KubernetesObjects

/// The rows of a query, kept in order while the graph changes.
///
/// Opening one sorts the kind's objects once; from then on a change costs a search among them, and
/// a filter looks only at what the one before let through, where it narrows that.
package struct ObjectRows: Sendable {
  package private(set) var query: RowQuery
  /// All objects of the query's kind and namespace, in its order.
  private var sorted: [Handle] = []
  /// What each object in `sorted` is sorted by where that is its age; otherwise empty.
  private var times: [Handle: Timestamp] = [:]
  private var members: Set<Handle> = []
  /// Those of `sorted` that the filter lets through; `nil` where it is empty.
  private var filtered: [Handle]?

  package init(_ query: RowQuery, in graph: ClusterGraph) {
    self.query = query
    let handles = graph.handles(of: query.kind).filter {
      Self.isInNamespace($0, of: query, in: graph)
    }
    members = Set(handles)
    if query.order != .name {
      for handle in handles { times[handle] = Self.time(of: handle, in: graph) }
    }
    sorted = Self.sorted(handles, by: query.order, times, in: graph)
    filter(from: sorted, in: graph)
  }

  package var count: Int { filtered?.count ?? sorted.count }

  /// The objects at these positions, as far as there are any.
  package func handles(at positions: Range<Int>) -> ArraySlice<Handle> {
    let rows = filtered ?? sorted
    return rows[positions.clamped(to: rows.indices)]
  }

  /// Where an object stands now; `nil` where it is not among the rows.
  package func position(of handle: Handle) -> Int? {
    members.contains(handle) ? (filtered ?? sorted).firstIndex(of: handle) : nil
  }

  /// Shows what another filter lets through.
  package mutating func setFilter(_ filter: TextFilter, in graph: ClusterGraph) {
    let source = filter.narrows(query.filter) ? filtered ?? sorted : sorted
    query.filter = filter
    self.filter(from: source, in: graph)
  }

  /// Takes in what became of these vertices.
  package mutating func update(_ touched: HandleSet, in graph: ClusterGraph) {
    for handle in touched {
      let was = members.contains(handle)
      let belongs = Self.belongs(handle, to: query, in: graph)
      let isInOrder = query.order == .name || times[handle] == Self.time(of: handle, in: graph)
      if was, !belongs || !isInOrder { remove(handle) }
      if belongs, !was || !isInOrder { insert(handle, in: graph) }
      guard was, belongs, isInOrder, filtered != nil else { continue }
      // Its labels may have changed.
      refilter(handle, in: graph)
    }
  }
}

// MARK: - Keeping order

extension ObjectRows {
  private mutating func insert(_ handle: Handle, in graph: ClusterGraph) {
    members.insert(handle)
    if query.order != .name { times[handle] = Self.time(of: handle, in: graph) }
    let place = place(of: handle, among: sorted, in: graph)
    sorted.insert(handle, at: place)
    refilter(handle, in: graph)
  }

  private mutating func remove(_ handle: Handle) {
    members.remove(handle)
    times[handle] = nil
    if let position = sorted.firstIndex(of: handle) { sorted.remove(at: position) }
    if let position = filtered?.firstIndex(of: handle) { filtered?.remove(at: position) }
  }

  /// Adds an object to what the filter lets through, or takes it out.
  private mutating func refilter(_ handle: Handle, in graph: ClusterGraph) {
    guard let rows = filtered else { return }
    var memory = LabelMemory()
    let matches = graph.matches(query.filter, handle, &memory)
    switch (rows.firstIndex(of: handle), matches) {
    case (nil, true):
      let place = place(of: handle, among: rows, in: graph)
      filtered?.insert(handle, at: place)
    case (let position?, false): filtered?.remove(at: position)
    default: break
    }
  }

  private mutating func filter(from source: [Handle], in graph: ClusterGraph) {
    guard !query.filter.isEmpty else {
      filtered = nil
      return
    }
    var memory = LabelMemory()
    filtered = source.filter { graph.matches(query.filter, $0, &memory) }
  }

  /// Where an object belongs in rows that are in order, by halving.
  private func place(of handle: Handle, among rows: [Handle], in graph: ClusterGraph) -> Int {
    let key = SortKey(handle, times, graph)
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if SortKey(rows[middle], times, graph).precedes(key, in: query.order) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private static func sorted(
    _ handles: [Handle],
    by order: RowQuery.Order,
    _ times: [Handle: Timestamp],
    in graph: ClusterGraph
  ) -> [Handle] {
    handles.map { (key: SortKey($0, times, graph), handle: $0) }
      .sorted { $0.key.precedes($1.key, in: order) }
      .map(\.handle)
  }

  private static func belongs(
    _ handle: Handle,
    to query: RowQuery,
    in graph: ClusterGraph
  ) -> Bool {
    graph.isPresent(handle, of: query.kind) && isInNamespace(handle, of: query, in: graph)
  }

  private static func isInNamespace(
    _ handle: Handle,
    of query: RowQuery,
    in graph: ClusterGraph
  ) -> Bool {
    query.namespace == nil || graph.names(of: handle)?.namespace == query.namespace
  }

  private static func time(of handle: Handle, in graph: ClusterGraph) -> Timestamp {
    graph.record(of: handle)?.metadata.creationTimestamp
      ?? Timestamp(millisecondsSince1970: 0)
  }
}

/// What an object is sorted by.
private struct SortKey {
  private let namespace: String
  private let name: String
  private let time: Timestamp

  init(_ handle: Handle, _ times: [Handle: Timestamp], _ graph: ClusterGraph) {
    let names = graph.names(of: handle)
    namespace = names?.namespace ?? ""
    name = names?.name ?? ""
    time = times[handle] ?? Timestamp(millisecondsSince1970: 0)
  }

  func precedes(_ other: SortKey, in order: RowQuery.Order) -> Bool {
    switch order {
    case .newestFirst where time != other.time: time > other.time
    case .oldestFirst where time != other.time: time < other.time
    default: (namespace, name) < (other.namespace, other.name)
    }
  }
}

/// Which labels a filter was found in: objects share theirs, so most are looked at once.
struct LabelMemory {
  /// By where the labels stand, which identifies them while the graph holds them.
  private var found: [UnsafeRawPointer: Bool] = [:]

  mutating func contains(_ filter: TextFilter, in labels: Labels) -> Bool {
    guard let place = labels.all.withUnsafeBytes(\.baseAddress) else { return false }
    if let known = found[place] { return known }
    let matches = filter.matches(labels)
    found[place] = matches
    return matches
  }
}
