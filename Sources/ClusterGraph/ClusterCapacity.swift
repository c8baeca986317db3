import KubernetesObjects

/// What all Nodes together have for Pods.
package struct ClusterCapacity: Hashable, Sendable {
  package private(set) var millicores: Int64 = 0
  package private(set) var bytes: Int64 = 0

  mutating func add(_ node: Node, times sign: Int64) {
    millicores += sign * Self.amount("cpu", of: node, in: 1000)
    bytes += sign * Self.amount("memory", of: node, in: 1)
  }

  /// Whether it differs from `other` by more than a hundredth.
  func differs(from other: Self) -> Bool {
    abs(millicores - other.millicores) > other.millicores / 100
      || abs(bytes - other.bytes) > other.bytes / 100
  }

  private static func amount(_ resource: String, of node: Node, in units: Double) -> Int64 {
    guard let value = node.allocatable[resource]?.value, value.isFinite, value >= 0 else {
      return 0
    }
    // More than any machine has, and so little that sums fit.
    return Int64(min(value * units, 0x1p50))
  }
}

/// The sum over all Nodes, and what is told of it.
struct CapacitySum: Sendable {
  private var sum = ClusterCapacity()
  /// What checks are told: not more exact than it needs to be, so that a Node more or less of
  /// thousands wakes nobody.
  private(set) var told = ClusterCapacity()

  /// Takes in a Node instead of an old one; answers whether what is told has changed.
  mutating func count(_ new: Node?, insteadOf old: Node?) -> Bool {
    guard new?.allocatable != old?.allocatable else { return false }
    if let old { sum.add(old, times: -1) }
    if let new { sum.add(new, times: 1) }
    guard sum.differs(from: told) else { return false }
    told = sum
    return true
  }
}

extension ClusterGraph {
  /// What all Nodes together have for Pods, to about a hundredth; autoscalers alone are woken when it
  /// changes.
  package var capacity: ClusterCapacity { capacitySum.told }

  mutating func updateCapacity(
    from old: (any ObjectRecord)?,
    to new: (any ObjectRecord)?,
    touching touched: inout HandleSet
  ) {
    guard
      capacitySum.count(new?.typed(as: Node.self), insteadOf: old?.typed(as: Node.self))
    else { return }
    touched.formUnion(state(of: HorizontalPodAutoscaler.kind)?.objects ?? [])
  }
}
