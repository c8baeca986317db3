package import ClusterGraph
package import KubernetesObjects

/// What a check may look at: its subject's vertex and what is along its edges, nothing else.
package struct ClusterView {
  private let graph: ClusterGraph
  /// The vertex that the view is around; a batch moves one view from vertex to vertex.
  var handle: Handle

  init(_ graph: ClusterGraph, around handle: Handle) {
    self.graph = graph
    self.handle = handle
  }

  /// The vertices that the subject names over `relation`.
  package func targets(over relation: Relation) -> [Neighbour] {
    graph.targets(of: handle, over: relation)
  }

  /// The vertices that name the subject over `relation`, in a stable order.
  package func referrers(over relation: Relation) -> [Neighbour] {
    graph.referrers(of: handle, over: relation).sorted { $0.id < $1.id }
  }

  /// Whether anybody names the subject over `relation`.
  package func hasReferrer(over relation: Relation) -> Bool {
    graph.hasReferrer(handle, over: relation)
  }

  /// Whether the objects of `kind` are known, so that one that is not there is absent.
  package func isKnown(_ kind: ObjectKind) -> Bool { graph.knowledge(of: kind) == .known }
}
