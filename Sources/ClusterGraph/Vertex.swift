import KubernetesObjects

/// An edge of the graph, as its source stores it.
struct Edge: Hashable, Sendable {
  let relation: Relation
  /// Whether the source does as well without the target.
  var isOptional: Bool
  let target: Handle

  /// Whether both join the same two vertices in the same way.
  func isParallel(to other: Edge) -> Bool {
    relation == other.relation && target == other.target
  }
}

/// A vertex: an object, or something that objects name.
struct Vertex: Sendable {
  /// In place of a position: an optional one would take twice as much.
  static let noContent = UInt32.max

  let name: VertexName
  var incoming = EdgeSet()
  // Here it takes room that ``incoming`` leaves free.
  /// Where in a ``VertexStore`` the object stands.
  var contentPosition = noContent

  init(_ name: VertexName) { self.name = name }

  /// Whether it is an object that is there; others are absent or unknown, or no objects at all.
  var hasContent: Bool { contentPosition != Self.noContent }

  /// Whether it is no vertex any more.
  var isFree: Bool {
    if case .free = name { true } else { false }
  }

  /// Whether the vertex could go without anybody missing it.
  var isUnused: Bool { !hasContent && incoming.isEmpty }
}
