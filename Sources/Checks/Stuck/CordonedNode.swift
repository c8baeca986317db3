import Inspection
import KubernetesObjects

/// Finds Nodes that have been closed to new Pods for long.
struct CordonedNode: Check {
  let id: CheckID = "stuck/cordoned"
  let title = "Node is cordoned for long"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["uncordon-node"]
  let explanation = """
    No new Pod is scheduled to a cordoned Node. That is how maintenance begins; a day later \
    somebody may have forgotten how it ends, and the cluster pays for what it cannot use. It \
    heals with kubectl uncordon. \
    Verify: kubectl get node NAME
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard node.isUnschedulable, !node.metadata.isTerminating else { return [] }
    // The control plane adds it as soon as the Node is cordoned.
    let taint = node.taints.first { $0.key == "node.kubernetes.io/unschedulable" }
    return [
      Observation(
        "Node \(node.metadata.name) takes no new Pods",
        evidence: [
          Evidence(node.id, "spec.unschedulable", "true"),
          Evidence(
            node.id,
            "spec.taints[node.kubernetes.io/unschedulable].timeAdded",
            taint?.timeAdded?.rfc3339 ?? "not told"
          ),
        ],
        beginning: taint?.timeAdded.map { .at($0) } ?? .notBefore(nil)
      )
    ]
  }
}
