import KubernetesObjects

/// What a graph keeps for a kind as a whole.
struct KindState: Sendable {
  let kind: ObjectKind
  var knowledge = Knowledge.unknown("not listed yet")
  var objects: Set<Handle> = []
  /// Objects that are named but not there.
  var absent: Set<Handle> = []
}
