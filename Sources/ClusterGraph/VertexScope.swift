package import KubernetesObjects

/// What a vertex is, as far as it decides who looks at it.
package enum VertexScope {
  /// An object, whether it is there or not.
  case object
  case address
  case shared(SharedThing)
  /// Nothing any more.
  case free
}

extension ClusterGraph {
  /// Whether the vertex is an object that is there, or a thing that somebody names.
  package func isThere(_ handle: Handle) -> Bool {
    switch scope(of: handle) {
    case .object: record(of: handle) != nil
    case .address, .shared: true
    case .free: false
    }
  }

  package func scope(of handle: Handle) -> VertexScope {
    switch self[handle].name {
    case .object: .object
    case .address: .address
    case .shared(let thing, _): .shared(thing)
    case .free: .free
    }
  }
}
