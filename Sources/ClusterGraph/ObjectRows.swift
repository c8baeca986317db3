import KubernetesObjects

/// The rows of a query, kept in order while the graph changes.
///
/// Opening one sorts the kind's objects once; from then on a change costs a search among them, and
/// a filter looks only at what the one before let through, where it narrows that.
package struct ObjectRows: Sendable {
  package private(set) var query: RowQuery
  /// All objects that the query is about, whatever its filter, in its order.
  private var sorted: [Handle] = []
  /// What each object in `sorted` is sorted by where that is a number; otherwise empty.
  private var numbers: [Handle: Int64] = [:]
  private var members: Set<Handle> = []
  /// Those of `sorted` that the filter lets through; `nil` where it is empty.
  private var filtered: [Handle]?
  /// How much objects weigh, of those that weigh anything.
  package private(set) var weights: [Handle: Int64]
  /// The ranks of objects in the order of a column; `nil` where none were given.
  package private(set) var ranks: [Handle: Int64]?

  package init(
    _ query: RowQuery,
    weights: [Handle: Int64] = [:],
    ranks: [Handle: Int64]? = nil,
    in graph: ClusterGraph
  ) {
    self.query = query
    self.weights = weights
    self.ranks = ranks
    let handles = graph.handles(of: query.kind).filter { isMeant($0, in: graph) }
    members = Set(handles)
    if query.order.isNumeric {
      for handle in handles { numbers[handle] = number(of: handle, in: graph) }
    }
    sorted = handles.map { (place: place(of: $0, in: graph), handle: $0) }
      .sorted { $0.place.precedes($1.place, in: query) }
      .map(\.handle)
    filter(from: sorted, in: graph)
  }

  package var count: Int { rows.count }
  /// How many rows there would be without a filter.
  package var countWithoutFilter: Int { sorted.count }

  private var rows: [Handle] { filtered ?? sorted }

  /// The objects at these positions, as far as there are any.
  package func handles(at positions: Range<Int>) -> ArraySlice<Handle> {
    rows[positions.clamped(to: rows.indices)]
  }

  /// Where an object stands now; `nil` where it is not among the rows.
  package func position(of handle: Handle) -> Int? {
    members.contains(handle) ? rows.firstIndex(of: handle) : nil
  }

  /// By what an object is sorted.
  package func place(of handle: Handle, in graph: ClusterGraph) -> RowPlace {
    let names = graph.names(of: handle)
    return RowPlace(
      namespace: names?.namespace ?? "",
      name: names?.name ?? "",
      number: numbers[handle]
    )
  }

  /// How many rows there are before a place; where `including`, with those that are just there.
  package func count(before place: RowPlace, including: Bool, in graph: ClusterGraph) -> Int {
    position(in: rows, in: graph) { row in
      including ? !place.precedes(row, in: query) : row.precedes(place, in: query)
    }
  }
}

// MARK: - Changes

extension ObjectRows {
  /// Shows what another filter lets through.
  package mutating func setFilter(_ filter: FilterExpression, in graph: ClusterGraph) {
    let source = filter.narrows(query.filter) ? filtered ?? sorted : sorted
    query.filter = filter
    self.filter(from: source, in: graph)
  }

  /// Takes in what became of these vertices.
  package mutating func update(_ touched: HandleSet, in graph: ClusterGraph) {
    for handle in touched {
      if !graph.isPresent(handle, of: query.kind) {
        // Its number may be another object's soon.
        weights[handle] = nil
        ranks?[handle] = nil
      }
      let was = members.contains(handle)
      let belongs = graph.isPresent(handle, of: query.kind) && isMeant(handle, in: graph)
      let isInOrder =
        !query.order.isNumeric || numbers[handle] == number(of: handle, in: graph)
      if was, !belongs || !isInOrder { remove(handle, in: graph) }
      if belongs, !was || !isInOrder { insert(handle, in: graph) }
      guard was, belongs, isInOrder, filtered != nil else { continue }
      // Its labels may have changed.
      refilter(handle, in: graph)
    }
  }

  /// Takes in how much objects weigh now.
  package mutating func setWeights(_ new: [Handle: Int64], in graph: ClusterGraph) {
    let old = weights
    weights = new
    guard query.order == .weight || query.onlyWeighted else { return }
    var changed: HandleSet = []
    for (handle, weight) in new where old[handle] != weight { changed.insert(handle) }
    for handle in old.keys where new[handle] == nil { changed.insert(handle) }
    update(changed, in: graph)
  }

  private mutating func insert(_ handle: Handle, in graph: ClusterGraph) {
    members.insert(handle)
    if query.order.isNumeric { numbers[handle] = number(of: handle, in: graph) }
    let place = place(of: handle, in: graph)
    let position = position(in: sorted, in: graph) { $0.precedes(place, in: query) }
    sorted.insert(handle, at: position)
    refilter(handle, in: graph)
  }

  private mutating func remove(_ handle: Handle, in graph: ClusterGraph) {
    let place = place(of: handle, in: graph)
    // By its place an object is found without looking at all others; a vertex that is nobody's any more
    // has none.
    if let position = position(of: handle, at: place, in: sorted, in: graph)
      ?? sorted.firstIndex(of: handle)
    {
      sorted.remove(at: position)
    }
    if let filtered,
      let position = position(of: handle, at: place, in: filtered, in: graph)
        ?? filtered.firstIndex(of: handle)
    {
      self.filtered?.remove(at: position)
    }
    members.remove(handle)
    numbers[handle] = nil
  }

  /// Where an object stands among `rows`; `nil` where its place among them is another's.
  private func position(
    of handle: Handle,
    at place: RowPlace,
    in rows: [Handle],
    in graph: ClusterGraph
  ) -> Int? {
    let position = position(in: rows, in: graph) { $0.precedes(place, in: query) }
    return rows.indices.contains(position) && rows[position] == handle ? position : nil
  }

  /// Adds an object to what the filter lets through, or takes it out.
  private mutating func refilter(_ handle: Handle, in graph: ClusterGraph) {
    guard let rows = filtered else { return }
    let matches = query.filter.terms.allSatisfy { term in
      var memory = LabelMemory()
      return graph.matches(term, handle, &memory)
    }
    let place = place(of: handle, in: graph)
    let position = position(in: rows, in: graph) { $0.precedes(place, in: query) }
    let isThere = rows.indices.contains(position) && rows[position] == handle
    if matches, !isThere { filtered?.insert(handle, at: position) }
    if !matches, isThere { filtered?.remove(at: position) }
  }

  private mutating func filter(from source: [Handle], in graph: ClusterGraph) {
    guard !query.filter.isEmpty else {
      filtered = nil
      return
    }
    // What one term leaves is all that the next looks at.
    var rows = source
    for term in query.filter.terms {
      var memory = LabelMemory()
      if term.column == nil, case .text(let text) = term.test {
        rows = rows.filter { graph.matches(text, $0, &memory) != term.isInverse }
      } else {
        rows = rows.filter { graph.matches(term, $0, &memory) }
      }
    }
    filtered = rows
  }

  /// The first position of `rows`, which are in order, at which `precedes` no longer holds.
  private func position(
    in rows: [Handle],
    in graph: ClusterGraph,
    where precedes: (RowPlace) -> Bool
  ) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(place(of: rows[middle], in: graph)) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether the query is about an object of its kind, whatever its filter.
  private func isMeant(_ handle: Handle, in graph: ClusterGraph) -> Bool {
    if query.onlyWeighted, weights[handle] == nil { return false }
    if let namespace = query.namespace, graph.names(of: handle)?.namespace != namespace {
      return false
    }
    guard let selector = query.selector else { return true }
    return graph.store.labels(of: handle).map { selector.matches($0) } ?? false
  }

  /// What an object is sorted by before its name.
  private func number(of handle: Handle, in graph: ClusterGraph) -> Int64? {
    switch query.order {
    case .namespace, .name: nil
    case .age:
      graph.record(of: handle)?.metadata.creationTimestamp.map { -$0.millisecondsSince1970 }
    case .weight: weights[handle].map { -$0 }
    case .column: ranks?[handle]
    }
  }
}

extension RowQuery.Order {
  fileprivate var isNumeric: Bool { self != .namespace && self != .name }
}

/// Which labels and namespaces a term of a filter holds of: objects share theirs, so most are looked at
/// once.
struct LabelMemory {
  /// By where the labels stand, which identifies them while the graph holds them.
  private var found: [UnsafeRawPointer: Bool] = [:]
  // Neighbours in a list have the same more often than not, which is found sooner than in a table.
  private var lastLabels: (place: UnsafeRawPointer, holds: Bool)?
  private var lastNamespace: (index: NamespaceIndex, holds: Bool)?

  mutating func holds(of namespace: NamespaceIndex, _ test: () -> Bool) -> Bool {
    if let lastNamespace, lastNamespace.index == namespace { return lastNamespace.holds }
    let holds = test()
    lastNamespace = (namespace, holds)
    return holds
  }

  mutating func contains(in labels: Labels, _ holds: (Labels) -> Bool) -> Bool {
    guard let place = labels.all.withUnsafeBytes(\.baseAddress) else { return holds(labels) }
    if let lastLabels, lastLabels.place == place { return lastLabels.holds }
    let matches = found[place] ?? holds(labels)
    found[place] = matches
    lastLabels = (place, matches)
    return matches
  }
}
