import Inspection
import KubernetesObjects

/// Finds Nodes whose Pods were promised more than there is.
struct OvercommittedNode: Check {
  let id: CheckID = "drift/overcommitted-node"
  let title = "Pods request more than their Node has"
  let severity = Severity.warning
  let settles = Duration.seconds(120)
  let needs = [Node.kind, Pod.kind]
  let explanation = """
    The requests of the Node's Pods add up to more than its allocatable amount, though the scheduler \
    never lets that happen: the amount has shrunk since, as after a kubelet was reconfigured or a \
    device failed, or Pods came around the scheduler. Requests are promises that the Node cannot \
    keep then; move Pods away, or correct the Node. \
    Verify: kubectl describe node NAME
    """

  /// Amounts are sums of decimal fractions.
  private static let tolerance = 1.000_001

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    let resources = node.allocatable.resources.filter { $0 != "pods" }
    guard !resources.isEmpty, !node.isVirtual else { return [] }
    var requested = Array(repeating: 0.0, count: resources.count)
    var isInDoubt = false
    cluster.forEachReferrer(Pod.self, over: .node) { pod in
      guard !pod.isFinished else { return }
      // What it asks for is not what it was promised.
      if pod.awaitsResize { isInDoubt = true }
      for (index, resource) in resources.enumerated() {
        requested[index] += pod.template.requested(resource)
      }
    }
    guard !isInDoubt else { return [] }
    return zip(resources, requested).compactMap { resource, sum in
      let available = node.allocatable.amount(of: resource)
      guard sum > available * Self.tolerance else { return nil }
      let asked = ResourceText.text(sum, of: resource)
      let offered = ResourceText.text(available, of: resource)
      return Observation(
        "Pods on Node \(node.metadata.name) request \(asked) of \(resource), and it has \(offered)",
        evidence: [
          Evidence(node.id, "sum of Pods' requests.\(resource)", asked),
          Evidence(node.id, "status.allocatable.\(resource)", offered),
        ],
        discriminator: resource
      )
    }
  }
}
