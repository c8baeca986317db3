import KubernetesObjects

/// How many Nodes each zone has, kept count of as they come and go.
struct ZoneCounts: Sendable {
  private var counts: [String: Int] = [:]

  var hasSeveral: Bool { counts.count > 1 }

  /// Takes in a Node instead of an old one.
  mutating func count(_ new: Node?, insteadOf old: Node?) {
    let (zone, before) = (zone(of: new), zone(of: old))
    guard zone != before else { return }
    if let before {
      counts[before, default: 0] -= 1
      if counts[before] == 0 { counts[before] = nil }
    }
    if let zone { counts[zone, default: 0] += 1 }
  }

  /// The zone in which any Pod may run on the Node.
  private func zone(of node: Node?) -> String? {
    guard let node, !node.isOfRole else { return nil }
    return node.metadata.labels[Node.zoneLabel]
  }
}

extension Node {
  /// Whether it takes Pods of a role alone, as the control plane's.
  var isOfRole: Bool { taints.contains { $0.key.hasPrefix("node-role.kubernetes.io/") } }
}
