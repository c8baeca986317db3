import KubernetesObjects

/// What vertices are called, inside the graph and outside.
extension ClusterGraph {
  /// The name of a vertex; `nil` where its kind or its namespace was never met.
  func name(of id: VertexID) -> VertexName? {
    switch id {
    case .address(let address): .address(address)
    case .shared(let thing, let name): .shared(thing, name)
    case .object(let key):
      if let kind = kindIndices[key.kind], let namespace = namespaces.index(of: key.namespace) {
        .object(kind, namespace, name: key.name)
      } else {
        nil
      }
    }
  }

  mutating func name(making id: VertexID) -> VertexName {
    switch id {
    case .address(let address): .address(address)
    case .shared(let thing, let name): .shared(thing, name)
    case .object(let key):
      .object(index(of: key.kind), namespaces.index(making: key.namespace), name: key.name)
    }
  }

  func id(of name: VertexName) -> VertexID? {
    switch name {
    case .free: nil
    case .address(let address): .address(address)
    case .shared(let thing, let name): .shared(thing, name)
    case .object(let kind, let namespace, let name):
      .object(
        ObjectKey(
          kinds[kind.position].kind,
          namespace: namespaces.name(of: namespace),
          name: name
        )
      )
    }
  }

  func state(of kind: ObjectKind) -> KindState? {
    kindIndices[kind].map { kinds[$0.position] }
  }

  mutating func index(of kind: ObjectKind) -> KindIndex {
    if let index = kindIndices[kind] { return index }
    let index = KindIndex(number: UInt16(kinds.count))
    kinds.append(KindState(kind))
    kindIndices[kind] = index
    return index
  }
}
