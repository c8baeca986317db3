package import KubernetesObjects

extension ClusterGraph {
  package func knowledge(of kind: ObjectKind) -> Knowledge {
    kindIndices[kind].map { kinds[$0.position].knowledge } ?? .unknown("not listed yet")
  }

  /// Whether the objects of a kind may not be seen.
  package func isForbidden(_ kind: ObjectKind) -> Bool {
    kindIndices[kind].map { kinds[$0.position].isForbidden } ?? false
  }

  package func presence(of id: VertexID) -> Presence {
    guard case .object(let key) = id else { return .notAnObject }
    return record(key).map(Presence.present) ?? absence(of: id)
  }

  /// What is known of a vertex that is no object that is there.
  func absence(of id: VertexID) -> Presence {
    guard case .object(let key) = id else { return .notAnObject }
    switch knowledge(of: key.kind) {
    case .known: return .absent
    case .knownIn(let namespaces):
      guard !namespaces.contains(key.namespace) else { return .absent }
      let names = namespaces.sorted().joined(separator: ", ")
      return .unknown("only namespace \(names) is followed")
    case .unknown(let reason): return .unknown(reason)
    }
  }

  /// Whether a vertex is an object that is known not to be there.
  func isAbsent(_ handle: Handle) -> Bool {
    guard !self[handle].hasContent, case .object(let kind, let namespace, _) = self[handle].name
    else { return false }
    return switch kinds[kind.position].knowledge {
    case .known: true
    case .knownIn(let known): known.contains(namespaces.name(of: namespace))
    case .unknown: false
    }
  }

  /// The kinds of which some objects may be there unseen, in order.
  package var unknownKinds: [ObjectKind] {
    kinds.filter { $0.knowledge != .known }.map(\.kind).sorted()
  }
}
