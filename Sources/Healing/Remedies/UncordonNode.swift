import ClusterGraph
import Inspection
import KubernetesObjects

/// Lets new Pods onto a Node again, as `kubectl uncordon` does.
struct UncordonNode: PlanningRemedy {
  let id: RemedyID = "uncordon-node"
  let title = "Uncordon the Node: new Pods may come"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let node = try graph.subject(of: finding, as: Node.self)
    return try Self.plan(for: node, PlanOrigin(finding, id, in: graph))
  }

  static func plan(for node: Node, _ origin: PlanOrigin) throws(Obstacle) -> HealPlan {
    let name = node.metadata.name
    guard node.isUnschedulable else { throw Obstacle("Node \(name) is not cordoned.") }
    return origin.plan(
      "Uncordon Node \(name)",
      because: "It takes new Pods again; whoever cordoned it may not be done with it.",
      steps: [.cordon(node, false)],
      disruption: .none,
      blastRadius: BlastRadius([.init(.object(node.key), "takes new Pods")]),
      undo: "\(kubectl: "cordon \(HealStep.quoted(name))")",
      confirmation: .key("y")
    )
  }
}
