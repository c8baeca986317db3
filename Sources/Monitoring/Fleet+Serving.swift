package import KubernetesObjects

extension Fleet {
  /// As what a cluster serves a kind, once its objects are followed; `nil` where they are not.
  package nonisolated func resource(
    of kind: ObjectKind,
    inCluster cluster: String
  ) async -> APIResource? {
    await monitors.first { $0.name == cluster }?.resource(of: kind)
  }
}
