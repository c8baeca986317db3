package import KubernetesObjects

/// What happened to objects lately, for checks that count.
extension ClusterGraph {
  /// How many moments of an object are remembered.
  private static let momentLimit = 32

  /// When something of a kind happened to an object lately, oldest first.
  package func moments(_ kind: Moment.Kind, of handle: Handle) -> [Timestamp] {
    momentsByObject[handle]?.filter { $0.kind == kind }.map(\.time) ?? []
  }

  mutating func noteMoments(of handle: Handle, _ difference: RecordDifference) {
    guard difference.isOfOneObject else {
      momentsByObject[handle] = nil
      return
    }
    guard !difference.moments.isEmpty else { return }
    let moments = difference.moments.map { Moment($0, at: time) }
    momentsByObject[handle] =
      ((momentsByObject[handle] ?? []) + moments).suffix(Self.momentLimit)
  }
}
