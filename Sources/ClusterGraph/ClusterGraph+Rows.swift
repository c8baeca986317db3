package import KubernetesObjects

/// What lists on the screen ask, answered without building a key or a neighbour.
extension ClusterGraph {
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
    return (namespace, name)
  }

  /// Whether a filter lets an object through.
  func matches(_ filter: TextFilter, _ handle: Handle, _ memory: inout LabelMemory) -> Bool {
    guard case .object(_, let namespace, let name) = self[handle].name else { return false }
    if filter.matches(namespace: namespace, name: name) { return true }
    guard let labels = record(of: handle)?.metadata.labels else { return false }
    return memory.contains(filter, in: labels)
  }
}
