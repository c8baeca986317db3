package import KubernetesObjects

/// What is along the edges of one relation in one direction: a few vertices, and how many there are.
package struct EdgeGroup: Sendable {
  package let relation: Relation
  /// Whether the edges start at the vertex that was asked about.
  package let isOutgoing: Bool
  /// Those that were met first, in the order of their names.
  package let members: [Neighbour]
  package let count: Int

  /// How the edges read from the vertex that was asked about.
  package var phrase: String { isOutgoing ? relation.phrase : relation.inversePhrase }
}

extension ClusterGraph {
  /// The vertices around one, what it names first; of each relation no more than `limit` are looked at
  /// closely, however many there are.
  package func edgeGroups(of handle: Handle, limit: Int) -> [EdgeGroup] {
    var outgoing: [Relation: FirstHandles] = [:]
    var incoming: [Relation: FirstHandles] = [:]
    for edge in self.outgoing(of: handle) {
      outgoing[edge.relation, default: FirstHandles(limit)].insert(edge.target)
    }
    for object in selected(by: handle) {
      outgoing[.selection, default: FirstHandles(limit)].insert(object)
    }
    self[handle].incoming.forEach { relation, source in
      incoming[relation, default: FirstHandles(limit)].insert(source)
    }
    return groups(outgoing, around: handle, isOutgoing: true)
      + groups(incoming, around: handle, isOutgoing: false)
  }

  private func groups(
    _ handles: [Relation: FirstHandles],
    around handle: Handle,
    isOutgoing: Bool
  ) -> [EdgeGroup] {
    handles.sorted { $0.key.rawValue < $1.key.rawValue }.map { relation, first in
      let members = first.handles.compactMap { other in
        neighbour(
          other,
          over: relation,
          isOutgoing: isOutgoing,
          isOptional: isOutgoing
            ? isOptional(relation, from: handle, to: other)
            : isOptional(relation, from: other, to: handle)
        )
      }
      return EdgeGroup(
        relation: relation,
        isOutgoing: isOutgoing,
        members: members.sorted { $0.id < $1.id },
        count: first.count
      )
    }
  }
}

/// The lowest of many handles: always the same, whatever order they come in.
private struct FirstHandles {
  private let limit: Int
  private(set) var handles: [Handle] = []
  private(set) var count = 0

  init(_ limit: Int) { self.limit = limit }

  mutating func insert(_ handle: Handle) {
    count += 1
    guard handles.count < limit || (handles.last.map { handle.position < $0.position } ?? false)
    else { return }
    if handles.count == limit { handles.removeLast() }
    let place = handles.firstIndex { handle.position < $0.position } ?? handles.count
    handles.insert(handle, at: place)
  }
}
