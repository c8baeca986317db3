package import KubernetesObjects

/// What holds for the cluster as a whole.
extension ClusterGraph {
  /// Takes in the version of the API server.
  package mutating func setServerVersion(
    _ version: KubernetesVersion?,
    touching touched: inout Set<Handle>
  ) {
    surround(&touched) { $0.serverVersion = version }
  }

  /// Works out again what objects of `kind` tell of the cluster as a whole.
  mutating func updateSurroundings(
    after kind: ObjectKind,
    touching touched: inout Set<Handle>
  ) {
    guard kind == ServiceCIDR.kind else { return }
    let ranges = keys(of: kind).sorted().flatMap { (record($0) as? ServiceCIDR)?.ranges ?? [] }
    surround(&touched) { $0.serviceRanges = ranges }
  }

  /// Changes what holds for the whole cluster, and touches everything where that is a change.
  private mutating func surround(
    _ touched: inout Set<Handle>,
    _ change: (inout ClusterSurroundings) -> Void
  ) {
    let before = surroundings
    change(&surroundings)
    if surroundings != before { touched.formUnion(allHandles) }
  }
}
