package import KubernetesObjects

extension ClusterGraph {
  /// The kinds of which some objects may be there unseen, in order.
  package var unknownKinds: [ObjectKind] {
    kinds.filter { $0.knowledge != .known }.map(\.kind).sorted()
  }
}
