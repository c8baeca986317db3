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
    guard let node = Self.node(of: finding, in: graph) else {
      return .unavailable("The Node is gone already.")
    }
    let key = node.key
    guard !node.isUnschedulable else {
      return .unavailable("Node \(key.name) is cordoned already.")
    }
    let podCount = graph.handle(of: .object(key)).map { graph.referrers(of: $0, over: .node).count }
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
        reason: "Nothing new is scheduled there until somebody has looked at it.",
        steps: [.patch(key, .merge(patch), kubectl: "cordon \(HealStep.quoted(key.name))")],
        disruption: .none,
        blastRadius: BlastRadius([
          .init(.object(key), "takes no new Pods; the \(podCount ?? 0) that it has stay")
        ]),
        undo: "kubectl uncordon \(key.name)",
        confirmation: .key("y")
      )
    )
  }

  /// The finding's Node, or the Node of the youngest Pod that it is about.
  private static func node(of finding: Finding, in graph: ClusterGraph) -> Node? {
    let records = ([finding.subject] + finding.related)
      .compactMap { $0.objectKey.flatMap(graph.record) }
    if let node = records.lazy.compactMap({ $0 as? Node }).first { return node }
    let youngest = records.compactMap { $0 as? Pod }.max {
      ($0.metadata.creationTimestamp?.millisecondsSince1970 ?? 0, $0.metadata.name)
        < ($1.metadata.creationTimestamp?.millisecondsSince1970 ?? 0, $1.metadata.name)
    }
    return youngest?.nodeKey.flatMap(graph.record) as? Node
  }
}
