package import KubernetesObjects

/// What happened to objects lately, for checks that count.
extension ClusterGraph {
  /// How many moments of an object are remembered.
  private static let momentLimit = 32

  /// When something of a kind happened to an object lately, oldest first.
  package func moments(_ kind: Moment.Kind, of handle: Handle) -> [Timestamp] {
    momentsByObject[handle]?.filter { $0.kind == kind }.map(\.time) ?? []
  }

  mutating func noteMoments(
    of handle: Handle,
    from old: any ObjectRecord,
    to new: any ObjectRecord
  ) {
    guard old.metadata.uid == new.metadata.uid else {
      momentsByObject[handle] = nil
      return
    }
    let kinds = new.moments(since: old)
    guard !kinds.isEmpty else { return }
    let moments = kinds.map { Moment($0, at: time) }
    momentsByObject[handle] =
      ((momentsByObject[handle] ?? []) + moments).suffix(Self.momentLimit)
  }
}
