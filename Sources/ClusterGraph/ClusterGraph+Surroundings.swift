package import KubernetesObjects

/// What holds for the cluster as a whole.
extension ClusterGraph {
  /// Takes in the version of the API server.
  package mutating func setServerVersion(
    _ version: KubernetesVersion?,
    touching touched: inout HandleSet
  ) {
    surround(&touched) { $0.serverVersion = version }
  }

  /// Works out again what objects of `kind` tell of the cluster as a whole.
  mutating func updateSurroundings(
    after kind: ObjectKind,
    touching touched: inout HandleSet
  ) {
    switch kind {
    case ServiceCIDR.kind:
      let ranges = keys(of: kind).sorted().flatMap { (record($0) as? ServiceCIDR)?.ranges ?? [] }
      surround(&touched) { $0.serviceRanges = ranges }
    case Node.kind:
      let (hasSeveral, hasSeveralZones) = (hasSeveralNodes, zoneCounts.hasSeveral)
      surround(&touched) {
        $0.hasSeveralNodes = hasSeveral
        $0.hasSeveralZones = hasSeveralZones
      }
    case let kind where kind == ConfigMap.kind || kind.group == "karpenter.sh":
      let addsNodes = addsNodes
      surround(&touched) { $0.addsNodes = addsNodes }
    case let kind where Self.isForeignPolicy(kind):
      let kinds = foreignPolicyKinds
      surround(&touched) { $0.usesForeignPolicies = !kinds.isEmpty }
    default: break
    }
  }

  /// Whether two Nodes at least take any Pod; looks no further than the second.
  private var hasSeveralNodes: Bool {
    var count = 0
    return state(of: Node.kind)?.objects.contains { handle in
      guard let node = record(of: handle) as? Node, !node.isOfRole else { return false }
      count += 1
      return count > 1
    } ?? false
  }

  /// Whether the cluster autoscaler tells how it stands, or Karpenter is told what to add.
  private var addsNodes: Bool {
    let status = ObjectKey(
      ConfigMap.kind,
      namespace: "kube-system",
      name: "cluster-autoscaler-status"
    )
    return record(status) != nil
      || count(of: ObjectKind("NodePool", group: "karpenter.sh")) > 0
  }

  /// Whether objects of `kind` tell something of the cluster as a whole.
  static func isSurrounding(_ kind: ObjectKind) -> Bool {
    [ServiceCIDR.kind, Node.kind, ConfigMap.kind].contains(kind) || kind.group == "karpenter.sh"
      || isForeignPolicy(kind)
  }

  private static func isForeignPolicy(_ kind: ObjectKind) -> Bool {
    kind.name.hasSuffix("NetworkPolicy") && kind != NetworkPolicy.kind
  }

  private var foreignPolicyKinds: [ObjectKind] {
    knownKinds.filter { Self.isForeignPolicy($0) && count(of: $0) > 0 }
  }

  /// Changes what holds for the whole cluster, and touches everything where that is a change.
  private mutating func surround(
    _ touched: inout HandleSet,
    _ change: (inout ClusterSurroundings) -> Void
  ) {
    let before = surroundings
    change(&surroundings)
    if surroundings != before { touched.formUnion(allHandles) }
  }
}
