package import KubernetesObjects

/// What is known of a vertex that somebody names.
package enum Presence: Sendable {
  case present(any ObjectRecord)
  /// The kind is known, and the object is not there.
  case absent
  /// The kind is unknown, so nothing can be said.
  case unknown(String)
  /// The vertex is no object: it is there as long as somebody names it.
  case notAnObject

  package var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }

  package var record: (any ObjectRecord)? {
    if case .present(let record) = self { record } else { nil }
  }
}

/// A vertex at the other end of an edge.
package struct Neighbour: Sendable {
  package let handle: Handle
  package let relation: Relation
  /// Whether the edge starts at the vertex that was asked for its neighbours.
  package let isOutgoing: Bool
  /// Whether the vertex at the edge's start does as well without the one at its end.
  package let isOptional: Bool
  package let id: VertexID
  package let presence: Presence

  /// How the edge reads from the vertex that was asked.
  package var phrase: String { isOutgoing ? relation.phrase : relation.inversePhrase }
}
