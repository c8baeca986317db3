import KubernetesObjects

/// The edges that objects have by what they name.
extension ClusterGraph {
  /// Makes the edges of `handle` over `relations` those of `references`; changes and touches only what
  /// differs.
  mutating func connect(
    _ handle: Handle,
    to references: [Reference],
    over relations: RelationSet,
    _ touched: inout HandleSet
  ) {
    let all = Array(outgoing(of: handle))
    let old = relations == .all ? all : all.filter { relations.contains($0.relation) }
    let new = edges(of: references, like: old)
    guard new != old else { return }
    for edge in Self.edges(of: old, missingIn: new) {
      self[edge.target].incoming.remove(edge.relation, from: handle)
      possiblyUnused.insert(edge.target)
      touched.insert(edge.target, along: edge.relation)
    }
    for edge in Self.edges(of: new, missingIn: old) {
      if self[edge.target].isUnused {
        touched.insert(edge.target)  // Nobody has looked at it yet.
      } else {
        touched.insert(edge.target, along: edge.relation)
      }
      self[edge.target].incoming.insert(edge.relation, from: handle)
    }
    let others = relations == .all ? [] : all.filter { !relations.contains($0.relation) }
    store.setOutgoing(others.isEmpty ? new : others + new, of: handle)
  }

  /// An edge for each relation to each target; it is optional if all references say so.
  ///
  /// Most are those of `old` ones, at the same place: that is looked at first, and the table only then.
  private mutating func edges(of references: [Reference], like old: [Edge]) -> [Edge] {
    var edges: [Edge] = []
    edges.reserveCapacity(references.count)
    var positions: [Edge: Int] = [:]
    for reference in references {
      let guess = edges.count < old.count ? old[edges.count].target : nil
      let edge = Edge(
        relation: reference.relation,
        isOptional: false,
        target: handle(making: reference.target, guess: guess)
      )
      let known =
        references.count > VertexStore.manyEdges
        ? positions[edge] : edges.firstIndex { $0.isParallel(to: edge) }
      if let known {
        if !reference.isOptional { edges[known].isOptional = false }
        continue
      }
      if references.count > VertexStore.manyEdges { positions[edge] = edges.count }
      edges.append(edge)
      edges[edges.count - 1].isOptional = reference.isOptional
    }
    return edges
  }

  /// The edges that have no parallel one among `others`.
  private static func edges(of edges: [Edge], missingIn others: [Edge]) -> [Edge] {
    guard others.count > VertexStore.manyEdges else {
      return edges.filter { edge in !others.contains { $0.isParallel(to: edge) } }
    }
    let known = Set(
      others.map { Edge(relation: $0.relation, isOptional: false, target: $0.target) }
    )
    return edges.filter {
      !known.contains(Edge(relation: $0.relation, isOptional: false, target: $0.target))
    }
  }

  /// Touches a vertex and its neighbours over some relations.
  ///
  /// `seenAtItself` is what checks about the vertex see of the change.
  func touchNeighbourhood(
    of handle: Handle,
    over relations: RelationSet,
    seenAtItself: RelationSet = .all,
    _ touched: inout HandleSet
  ) {
    touched.insert(handle, along: seenAtItself)
    for edge in outgoing(of: handle) where relations.contains(edge.relation) {
      touched.insert(edge.target, along: edge.relation)
    }
    self[handle].incoming.forEach { relation, source in
      if relations.contains(relation) { touched.insert(source, along: relation) }
    }
    guard relations.contains(.selection) else { return }
    for object in selected(by: handle) { touched.insert(object, along: .selection) }
  }
}
