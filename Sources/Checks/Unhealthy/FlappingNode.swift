import Inspection
import KubernetesObjects

/// Finds Nodes that become ready and unready over and over.
struct FlappingNode: Check {
  let id: CheckID = "unhealthy/node-flapping"
  let title = "Node is ready by turns"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let changes = Threshold("changes", 3, "how many changes of readiness are too many")
  let window = Threshold("minutes", 10, "within how many minutes")
  var thresholds: [Threshold] { [changes, window] }
  let explains: [Explanation] = [
    .referrers(over: .node), .sameSubject("unhealthy/node-not-ready"),
  ]
  let explanation = """
    The Node changed between ready and not ready several times. Each time its Pods lose their \
    traffic, and soon they are evicted. Usual causes: a kubelet that restarts, a runtime that \
    hangs, a network that breaks, a machine that is overloaded. \
    Verify: kubectl get events -A --field-selector involvedObject.kind=Node
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    let minutes = Int(cluster.value(of: window))
    guard
      let burst = Burst(
        cluster.moments(.readinessChange),
        atLeast: cluster.value(of: changes),
        within: .seconds(minutes * 60)
      )
    else { return [] }
    return [
      Observation(
        "Node \(node.metadata.name) changed its readiness \(burst.count) times within "
          + "\(minutes) min",
        evidence: [
          Evidence(
            node.id,
            "status.conditions[Ready].status",
            node.ready?.status.rawValue ?? "not set"
          )
        ],
        remedies: node.isUnschedulable ? [] : ["cordon-node"],
        beginning: .at(burst.last),
        end: burst.end
      )
    ]
  }
}
