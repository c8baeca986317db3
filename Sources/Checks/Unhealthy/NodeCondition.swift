import Inspection
import KubernetesObjects

/// Finds Nodes of which somebody beside the kubelet says that something is wrong with them.
///
/// Which status of a condition is the bad one, its name alone tells; of those whose name does not,
/// nothing is said.
struct NodeCondition: Check {
  let id: CheckID = "unhealthy/node-condition"
  let title = "Node has a problem"
  let severity = Severity.warning
  let settles = Duration.seconds(60)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let explanation = """
    An agent on the Node, such as node-problem-detector, has found a fault of its kernel, file \
    system, container runtime or hardware. Pods on it may hang or be slow while the Node still \
    counts as ready. Cordon it, look at the machine, and replace or restart it. \
    Verify: kubectl describe node NAME
    """

  /// Parts of names of conditions that are bad when they are true.
  private static let bad = [
    "Corrupt", "Deadlock", "Degraded", "Error", "Fail", "Frequent", "Hung", "OutOf", "Problem",
    "Readonly", "Shutdown", "Unhealthy", "Unregister",
  ]

  /// Ends of names of conditions that are bad when they are false.
  private static let good = ["Available", "Healthy", "Ready"]

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    node.conditions.compactMap { condition in
      guard !PressuredNode.isStandard(condition.type), Self.isBad(condition) else { return nil }
      let reason = condition.reason.isEmpty ? "" : " (\(condition.reason))"
      return Observation(
        "Node \(node.metadata.name) reports \(condition.type) "
          + "\(condition.status.rawValue)\(reason)",
        evidence: [
          Evidence(
            node.id,
            "status.conditions[\(condition.type)].status",
            condition.status.rawValue
          ),
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

  /// Whether a name has a word that turns it into its opposite, as in `KernelHasNoDeadlock`.
  private static func isNegated(_ type: String) -> Bool {
    ["No", "Not", "Without"].contains { word in
      type.ranges(of: word).contains { range in
        range.upperBound < type.endIndex && type[range.upperBound].isUppercase
      }
    }
  }

  private static func isBad(_ condition: Condition) -> Bool {
    switch condition.status {
    case .unknown: false
    case _ where isNegated(condition.type): false
    case .isTrue: bad.contains { condition.type.contains($0) }
    case .isFalse:
      good.contains { condition.type.hasSuffix($0) }
        && !bad.contains { condition.type.contains($0) }
    }
  }
}
