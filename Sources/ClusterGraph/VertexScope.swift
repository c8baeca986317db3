package import KubernetesObjects

/// What a vertex is, as far as it decides who looks at it.
package enum VertexScope {
  case object(any ObjectRecord)
  case address
  /// An object that is not there, or not known.
  case absent
}

extension ClusterGraph {
  package func scope(of handle: Handle) -> VertexScope {
    switch self[handle].name {
    case .object: self[handle].record.map(VertexScope.object) ?? .absent
    case .address: .address
    case .free: .absent
    }
  }
}
