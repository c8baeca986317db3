import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds where the next Pod or machine gets no address: Nodes without room for further Pods, of their
/// number or of addresses, and ranges of an IPAM that are nearly given out.
struct ExhaustedAddressSpace: Check {
  let id: CheckID = "risk/address-space"
  let title = "Addresses are nearly used up"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let thresholds = [percent]
  let needs = [Node.kind, Pod.kind]
  let explanation = """
    A Node runs as many Pods as its kubelet allows (maxPods), or nearly all addresses of one of its \
    ranges (podCIDRs) are taken. The next Pod waits, or starts and gets no address, though there is \
    processor time and memory enough. It heals by moving Pods, or by more Nodes. Or the range of an IPAM \
    that the cluster takes addresses from is nearly used up: the next Node, Pod or load balancer gets \
    none. Give back what nobody uses (drift/ipam-leaked), or add a range. \
    Verify: kubectl get node NAME -o jsonpath='{.status.allocatable.pods} {.spec.podCIDRs}'
    """

  private static let percent = Threshold(
    "percent",
    90,
    "the share of a range's addresses, in percent, above which they are nearly used up"
  )

  func inspect(_ space: AddressSpaceSubject, in cluster: ClusterView) -> [Observation] {
    switch space {
    case .node(let node): crowding(of: node, in: cluster)
    case .prefix(let prefix): exhaustion(of: prefix, in: cluster)
    }
  }

  private func exhaustion(of prefix: InventoryPrefix, in cluster: ClusterView) -> [Observation] {
    let used = prefix.allocatedCount + prefix.unallocatedCount
    let room = prefix.prefix.hostCount
    // What links two machines has no more than two, and both are meant to be used.
    guard room > 2, prefix.lifecycle == .inService,
      Double(used) > room * cluster.value(of: Self.percent) / 100,
      (needs + [InventoryAddress.kind]).allSatisfy(cluster.isKnown)
    else { return [] }
    var evidence = [
      Evidence(prefix.id, "prefix", prefix.prefix.description),
      Evidence(prefix.id, "allocated addresses", "\(prefix.allocatedCount)"),
    ]
    if prefix.unallocatedCount > 0 {
      evidence.append(
        Evidence(prefix.id, "addresses in use besides", "\(prefix.unallocatedCount)")
      )
    }
    return [
      Observation(
        "\(used) of the \(Int(room)) addresses of \(prefix.prefix) in \(prefix.inventory) are taken",
        evidence: evidence
      )
    ]
  }

  private func crowding(of node: Node, in cluster: ClusterView) -> [Observation] {
    // Those that ended are counted, too, but that is quick, and most Nodes have room for many more.
    let atMost = Double(cluster.referrerCount(over: .node))
    let share = cluster.value(of: Self.percent) / 100
    let limit = node.allocatable["pods"]?.value ?? .infinity
    let ranges = node.podCIDRs.filter { atMost > $0.hostCount * share }
    guard atMost >= limit || !ranges.isEmpty, !node.metadata.isTerminating else { return [] }
    let pods = cluster.referrers(over: .node).compactMap { $0.presence.record as? Pod }
      .filter { !$0.isFinished }
    return crowding(of: node, pods, limit)
      + ranges.compactMap { exhaustion(of: $0, on: node, pods, share) }
  }

  private func crowding(of node: Node, _ pods: [Pod], _ limit: Double) -> [Observation] {
    guard limit > 0, Double(pods.count) >= limit else { return [] }
    return [
      Observation(
        "Node \(node.metadata.name) runs \(pods.count) Pods, as many as it may",
        evidence: [
          Evidence(node.id, "status.allocatable.pods", "\(Int(limit))"),
          Evidence(node.id, "Pods", "\(pods.count)"),
        ],
        beginning: .notBefore(pods.compactMap(\.metadata.creationTimestamp).max()),
        discriminator: "pods"
      )
    ]
  }

  private func exhaustion(
    of range: IPPrefix,
    on node: Node,
    _ pods: [Pod],
    _ share: Double
  ) -> Observation? {
    let users = pods.filter { $0.claimedAddresses.contains(where: range.contains) }
    guard Double(users.count) > range.hostCount * share else { return nil }
    return Observation(
      "Pods use \(users.count) of the \(Int(range.hostCount)) addresses of \(range) "
        + "on Node \(node.metadata.name)",
      evidence: [
        Evidence(node.id, "spec.podCIDRs", range.description),
        Evidence(node.id, "addresses in use", "\(users.count)"),
      ],
      beginning: .notBefore(users.compactMap(\.metadata.creationTimestamp).max()),
      discriminator: range.description
    )
  }
}

/// What has addresses to give: a Node, or a range of an IPAM.
enum AddressSpaceSubject: InspectionSubject {
  case node(Node)
  case prefix(InventoryPrefix)

  static let scope = SubjectScope.kinds([InventoryPrefix.kind, Node.kind])

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    if let node = record?.typed(as: Node.self) {
      self = .node(node)
    } else if let prefix = record?.typed(as: InventoryPrefix.self) {
      self = .prefix(prefix)
    } else {
      return nil
    }
  }
}

extension IPPrefix {
  /// How many addresses there are for hosts: of IPv4, but for the network's own and its broadcast.
  fileprivate var hostCount: Double {
    let bits = (address.isVersion4 ? 32 : 128) - length
    let all = (0..<bits).reduce(1.0) { count, _ in count * 2 }
    return address.isVersion4 && bits > 1 ? all - 2 : all
  }
}
