import Inspection
import KubernetesObjects

/// Finds Nodes whose ranges for Pods overlap.
///
/// It looks from a part of the address space at all Nodes that have ranges there.
struct PodRangeOverlap: Check {
  let id: CheckID = "conflict/pod-cidr"
  let title = "Two Nodes' ranges for Pods overlap"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let explanation = """
    Both Nodes give their Pods addresses from one range, so two Pods will get the same address, and \
    routes lead to one of the Nodes alone. Usual causes: ranges written by hand, two controllers \
    that allocate them, a Node restored from a backup. A Node's range cannot be changed: drain and \
    delete the younger Node, and let it register again. \
    Verify: kubectl get nodes -o custom-columns=NAME:.metadata.name,RANGES:.spec.podCIDRs
    """

  private struct Claim {
    let node: Node
    let range: IPPrefix
  }

  func inspect(_ subject: PodRangeSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .podRange) > 1, let part = IPPrefix(subject.name) else {
      return []
    }
    let nodes = cluster.referrers(Node.self, over: .podRange)
      .filter { !$0.metadata.isTerminating }.youngestFirst()
    let claims = nodes.flatMap { node in
      node.podCIDRs.filter { $0.parts.contains(part) }.map { Claim(node: node, range: $0) }
    }.sorted { ($0.range.first, $0.range.length) < ($1.range.first, $1.range.length) }
    return overlaps(among: claims).filter { younger, older in
      // Large ranges meet in many parts, and are reported in one.
      younger.range.firstPart(sharedWith: older.range) == part
    }.map(observation)
  }

  /// The pairs that overlap, each with its younger claim first.
  private func overlaps(among claims: [Claim]) -> [(Claim, Claim)] {
    var pairs: [(Claim, Claim)] = []
    // Of two ranges that overlap, one holds the other: in this order, the first that is not held by
    // another is held against all that follow.
    var furthest: Claim?
    for claim in claims {
      guard let other = furthest else {
        furthest = claim
        continue
      }
      if other.range.overlaps(claim.range), other.node.key != claim.node.key {
        let ordered = [claim.node, other.node].youngestFirst()
        pairs.append(ordered[0].key == claim.node.key ? (claim, other) : (other, claim))
      }
      if !other.range.contains(claim.range.first) { furthest = claim }
    }
    return pairs
  }

  private func observation(_ younger: Claim, _ older: Claim) -> Observation {
    Observation(
      "Node \(younger.node.metadata.name) gives its Pods addresses from \(younger.range), which "
        + "overlaps \(older.range) of Node \(older.node.metadata.name)",
      evidence: [younger, older].map {
        Evidence($0.node.id, "spec.podCIDRs", $0.range.description)
      },
      subject: younger.node.id,
      related: [older.node.id],
      beginning: .notBefore(younger.node.metadata.creationTimestamp),
      discriminator: "\(younger.range) \(older.node.metadata.name) \(older.range)"
    )
  }
}
