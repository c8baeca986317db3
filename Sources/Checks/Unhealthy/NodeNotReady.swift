import Inspection
import KubernetesObjects

/// Finds Nodes that are not ready.
struct NodeNotReady: Check {
  let id: CheckID = "unhealthy/node-not-ready"
  let title = "Node is not ready"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node", "drain-node"]
  let explains: [Explanation] = [
    .referrers(over: .attachedNode), .referrers(over: .node),
    .sameSubject("unhealthy/node-silent"),
  ]
  let explanation = """
    The kubelet reports that the Node cannot run Pods (False), or no longer reports at all \
    (Unknown). Its Pods get no traffic, and are evicted after five minutes. Cordoning keeps new \
    Pods away until somebody has looked; draining sends those that it has elsewhere, too. \
    Verify: kubectl describe node NAME
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard let ready = node.ready, ready.status != .isTrue else { return [] }
    let reason = ready.reason.isEmpty ? "" : " (\(ready.reason))"
    return [
      Observation(
        "Node \(node.metadata.name) is not ready\(reason)",
        evidence: [
          Evidence(node.id, "status.conditions[Ready].status", ready.status.rawValue),
          Evidence(node.id, "status.conditions[Ready].message", ready.message),
          Evidence(node.id, "spec.unschedulable", node.isUnschedulable ? "true" : "false"),
        ],
        remedies: (node.isUnschedulable ? [] : ["cordon-node"]) + ["drain-node"],
        beginning: ready.lastTransitionTime.map { .at($0) } ?? .whenSeen
      )
    ]
  }
}
