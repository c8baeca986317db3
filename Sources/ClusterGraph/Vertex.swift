import KubernetesObjects

/// An edge of the graph, as its source stores it.
struct Edge: Hashable, Sendable {
  let relation: Relation
  let target: Handle
}

/// A vertex: an object, or something that objects name.
struct Vertex: Sendable {
  let name: VertexName
  /// `nil` for an object that is absent or unknown, and for vertices that are no objects.
  var record: (any ObjectRecord)?
  var resourceVersion = ""
  var outgoing: [Edge] = []
  var incoming = EdgeSet()

  init(_ name: VertexName) { self.name = name }

  /// Whether the vertex could go without anybody missing it.
  var isUnused: Bool { record == nil && outgoing.isEmpty && incoming.isEmpty }
}
