package import KubernetesObjects

extension ClusterGraph {
  package func knowledge(of kind: ObjectKind) -> Knowledge {
    state(of: kind)?.knowledge ?? .unknown("not listed yet")
  }

  package func presence(of id: VertexID) -> Presence {
    guard case .object(let key) = id else { return .notAnObject }
    if let record = record(key) { return .present(record) }
    switch knowledge(of: key.kind) {
    case .known: return .absent
    case .knownIn(let namespaces):
      guard !namespaces.contains(key.namespace) else { return .absent }
      let names = namespaces.sorted().joined(separator: ", ")
      return .unknown("only namespace \(names) is followed")
    case .unknown(let reason): return .unknown(reason)
    }
  }

  /// The kinds of which some objects may be there unseen, in order.
  package var unknownKinds: [ObjectKind] {
    kinds.filter { $0.knowledge != .known }.map(\.kind).sorted()
  }
}
