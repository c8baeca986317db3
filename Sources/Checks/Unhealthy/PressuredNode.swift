import Inspection
import KubernetesObjects

/// Finds Nodes that run short of something.
struct PressuredNode: Check {
  let id: CheckID = "unhealthy/node-pressure"
  let title = "Node runs short of memory, disk, processes or network"
  let severity = Severity.warning
  let settles = Duration.seconds(60)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let explanation = """
    The kubelet reports pressure. It evicts Pods to get out of it, the ones that use more than they \
    requested first, and takes no new ones meanwhile. Free what is short, or move Pods away. \
    Verify: kubectl describe node NAME
    """

  private static let shortages = [
    "MemoryPressure": "memory", "DiskPressure": "disk space", "PIDPressure": "process numbers",
    "NetworkUnavailable": "a configured network",
  ]

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    node.conditions.compactMap { condition in
      guard condition.status == .isTrue, let what = Self.shortages[condition.type] else {
        return nil
      }
      return Observation(
        "Node \(node.metadata.name) is short of \(what) (\(condition.type))",
        evidence: [
          Evidence(node.id, "status.conditions[\(condition.type)].status", "True"),
          Evidence(
            node.id,
            "status.conditions[\(condition.type)].message",
            condition.message
          ),
        ],
        remedies: node.isUnschedulable ? [] : ["cordon-node"],
        beginning: condition.lastTransitionTime.map { .at($0) } ?? .whenSeen,
        discriminator: condition.type
      )
    }
  }

  /// Whether another check than this one is about a condition.
  static func isStandard(_ type: String) -> Bool { type == "Ready" || shortages[type] != nil }
}
