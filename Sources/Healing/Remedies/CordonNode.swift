import ClusterGraph
import Inspection
import KubernetesObjects

/// Keeps new Pods away from a Node, as `kubectl cordon` does.
struct CordonNode: PlanningRemedy {
  let id: RemedyID = "cordon-node"
  let title = "Cordon the Node: no new Pods there"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let node = try graph.node(behind: finding)
    return try Self.plan(
      for: node,
      PlanOrigin(finding, id, in: graph),
      because: "Nothing new is scheduled there until somebody has looked at it. "
        + "It mends nothing: the finding stays.",
      in: graph
    )
  }

  static func plan(
    for node: Node,
    _ origin: PlanOrigin,
    because reason: String,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let name = node.metadata.name
    guard !node.isUnschedulable else { throw Obstacle("Node \(name) is cordoned already.") }
    let pods = graph.pods(on: node).map { "the \($0.count) that it has" } ?? "the Pods that it has"
    return origin.plan(
      "Cordon Node \(name)",
      because: reason,
      steps: [.cordon(node)],
      disruption: .none,
      blastRadius: BlastRadius([.init(.object(node.key), "takes no new Pods; \(pods) stay")]),
      undo: "\(kubectl: "uncordon \(HealStep.quoted(name))")",
      confirmation: .key("y")
    )
  }

  /// A cordoned Node is what the plan wanted: what is wrong with it is for others to mend.
  func isProved(_ plan: HealPlan, in graph: ClusterGraph) -> Bool? {
    plan.steps.allSatisfy { (graph.record($0.target) as? Node)?.isUnschedulable == true }
  }
}
