import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods whose address lies in none of their Node's ranges.
///
/// It looks from the Node, since only the Node's other Pods tell whether the network plugin takes
/// addresses from `podCIDRs` at all: many do not.
struct PodOutsideNodeRange: Check {
  let id: CheckID = "drift/pod-outside-cidr"
  let title = "Pod's address is outside its Node's ranges"
  let severity = Severity.warning
  let settles = Duration.seconds(60)
  let needs = [Node.kind, Pod.kind]
  let remedies: [RemedyID] = ["evict-pod", "delete-pod"]
  let explanation = """
    Most Pods of the Node have addresses from its podCIDRs, and this one has not: routes to it \
    lead elsewhere. Usual causes: a network plugin that was reconfigured, or a range that was \
    given to another Node. \
    Verify: kubectl get node NODE -o jsonpath='{.spec.podCIDRs}'
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard !node.podCIDRs.isEmpty else { return [] }
    let pods = cluster.referrers(over: .node).compactMap { $0.presence.record as? Pod }
      .filter { !$0.claimedAddresses.isEmpty }
    let outside = pods.compactMap { pod in strayAddress(of: pod, on: node).map { (pod, $0) } }
    guard outside.count * 2 < pods.count else { return [] }
    return outside.map { pod, address in
      Observation(
        "Pod \(pod.key.qualifiedName) has \(address), outside the ranges of Node "
          + node.metadata.name,
        evidence: [
          Evidence(pod.id, "status.podIP", address.description),
          Evidence(
            node.id,
            "spec.podCIDRs",
            node.podCIDRs.map(\.description).joined(separator: ", ")
          ),
        ],
        subject: pod.id,
        related: [node.id],
        beginning: .notBefore(pod.metadata.creationTimestamp)
      )
    }
  }

  /// An address of the Pod that no range of its family holds.
  private func strayAddress(of pod: Pod, on node: Node) -> IPAddress? {
    pod.claimedAddresses.first { address in
      let ranges = node.podCIDRs.filter { $0.address.isVersion4 == address.isVersion4 }
      return !ranges.isEmpty && !ranges.contains { $0.contains(address) }
    }
  }
}
