package import KubernetesObjects

/// What lists on the screen ask, answered without building a key or a neighbour.
extension ClusterGraph {
  /// The keys of all objects of a kind.
  package func keys(of kind: ObjectKind) -> [ObjectKey] {
    (state(of: kind)?.objects ?? []).compactMap { record(of: $0)?.key }
  }

  /// The kinds that were met, whether there is an object of them or not.
  var knownKinds: [ObjectKind] { kinds.map(\.kind) }

  /// How many objects of a kind there are.
  package func count(of kind: ObjectKind) -> Int { state(of: kind)?.objects.count ?? 0 }

  /// The vertices of all objects of a kind, in no order.
  package func handles(of kind: ObjectKind) -> [Handle] {
    Array(state(of: kind)?.objects ?? [])
  }

  func isPresent(_ handle: Handle, of kind: ObjectKind) -> Bool {
    state(of: kind)?.objects.contains(handle) ?? false
  }

  /// The namespace and the name of an object.
  func names(of handle: Handle) -> (namespace: String, name: String)? {
    guard case .object(_, let namespace, let name) = self[handle].name else { return nil }
    return (namespaces.name(of: namespace), name)
  }

  /// Whether a filter lets an object through.
  func matches(_ filter: TextFilter, _ handle: Handle, _ memory: inout LabelMemory) -> Bool {
    guard case .object(_, let namespace, let name) = self[handle].name else { return false }
    if filter.matches(namespace: namespaces.name(of: namespace), name: name) { return true }
    guard let labels = record(of: handle)?.metadata.labels else { return false }
    return memory.contains(filter, in: labels)
  }
}
