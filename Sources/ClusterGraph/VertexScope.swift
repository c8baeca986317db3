package import KubernetesObjects

/// What a vertex is, as far as it decides who looks at it.
package enum VertexScope {
  case object(any ObjectRecord)
  case address
  case shared(SharedThing)
  /// An object that is not there, or not known.
  case absent
}

extension ClusterGraph {
  /// Whether the vertex is an object that is there, or a thing that somebody names.
  package func isThere(_ handle: Handle) -> Bool {
    if case .absent = scope(of: handle) { false } else { true }
  }

  package func scope(of handle: Handle) -> VertexScope {
    switch self[handle].name {
    case .object: record(of: handle).map(VertexScope.object) ?? .absent
    case .address: .address
    case .shared(let thing, _): .shared(thing)
    case .free: .absent
    }
  }
}
