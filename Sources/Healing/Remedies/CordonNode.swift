import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Keeps new Pods away from a Node, as `kubectl cordon` does.
struct CordonNode: Remedy {
  let id: RemedyID = "cordon-node"
  let title = "Cordon the Node: no new Pods there"

  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    guard let key = Self.node(of: finding, in: graph) else {
      return .unavailable("It is about no Node that is there.")
    }
    guard let node = graph.record(key) as? Node else {
      guard case .unknown(let reason) = graph.presence(of: .object(key)) else {
        return .unavailable("Node \(key.name) is gone already.")
      }
      return .unavailable("Node \(key.name) cannot be seen: \(reason).")
    }
    guard !node.isUnschedulable else {
      return .unavailable("Node \(key.name) is cordoned already.")
    }
    let patch: JSONValue = [
      "metadata": ["uid": .string(node.metadata.uid.description)],
      "spec": ["unschedulable": true],
    ]
    return .plan(
      HealPlan(
        finding: finding.id,
        cluster: finding.cluster,
        remedy: id,
        title: "Cordon Node \(key.name)",
        reason: "Nothing new is scheduled there until somebody has looked at it. "
          + "It mends nothing: the finding stays.",
        steps: [.patch(key, .merge(patch), kubectl: "cordon \(HealStep.quoted(key.name))")],
        disruption: .none,
        blastRadius: BlastRadius([
          .init(.object(key), "takes no new Pods; \(Self.pods(of: key, in: graph)) stay")
        ]),
        undo: HealStep.kubectl("uncordon \(HealStep.quoted(key.name))", context: finding.cluster),
        confirmation: .key("y")
      )
    )
  }

  /// A cordoned Node is what the plan wanted: what is wrong with it is for others to mend.
  func isProved(_ plan: HealPlan, in graph: ClusterGraph) -> Bool? {
    plan.steps.allSatisfy { (graph.record($0.target) as? Node)?.isUnschedulable == true }
  }

  private static func pods(of node: ObjectKey, in graph: ClusterGraph) -> String {
    guard graph.knowledge(of: Pod.kind) == .known, let handle = graph.handle(of: .object(node))
    else { return "the Pods that it has" }
    return "the \(graph.referrers(of: handle, over: .node).count) that it has"
  }

  /// The finding's Node, or the Node of the youngest Pod that it is about.
  private static func node(of finding: Finding, in graph: ClusterGraph) -> ObjectKey? {
    let keys = ([finding.subject] + finding.related).compactMap(\.objectKey)
    if let node = keys.first(where: { $0.kind == Node.kind }) { return node }
    let youngest = keys.compactMap { graph.record($0) as? Pod }.max {
      ($0.metadata.creationTimestamp?.millisecondsSince1970 ?? 0, $0.metadata.name)
        < ($1.metadata.creationTimestamp?.millisecondsSince1970 ?? 0, $1.metadata.name)
    }
    return youngest?.nodeKey
  }
}
