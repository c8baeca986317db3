import ClusterGraph
import Inspection
import KubernetesObjects

/// Cordons a Node and evicts its Pods, as `kubectl drain --ignore-daemonsets
/// --delete-emptydir-data` does.
///
/// Pods of DaemonSets and static Pods stay. Where a Pod has no controller there is no plan, as
/// without `--force`.
struct DrainNode: PlanningRemedy {
  let id: RemedyID = "drain-node"
  let title = "Drain the Node: its Pods go elsewhere"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let node = try graph.node(behind: finding)
    return try Self.plan(for: node, PlanOrigin(finding, id, in: graph), in: graph)
  }

  static func plan(
    for node: Node,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let name = node.metadata.name
    guard let pods = graph.pods(on: node) else {
      throw Obstacle("Which Pods Node \(name) has is not known.")
    }
    let drained = DrainedPods(pods)
    if let bare = drained.unmanaged.first {
      let others = Obstacle.others(drained.unmanaged.count - 1)
      throw Obstacle(
        "\(bare.key)\(others) would be gone for good: no "
          + "controller starts it anew. Delete it first, if it may go."
      )
    }
    guard !drained.evicted.isEmpty || !node.isUnschedulable else {
      throw Obstacle("Node \(name) is drained already.")
    }
    return origin.plan(
      "Drain Node \(name)",
      because: reason(of: node),
      steps: (node.isUnschedulable ? [] : [.cordon(node)])
        + drained.evicted.map { .evict($0.key, uid: $0.metadata.uid) },
      disruption: drained.evicted.contains(where: \.hasScratchVolumes) ? .dataLoss : .evictions,
      blastRadius: BlastRadius(drained.impacts(on: node, in: graph)),
      undo:
        "\(kubectl: "uncordon \(HealStep.quoted(name))"); the Pods do not come back by themselves",
      confirmation: .typing(name),
      kubectl: "drain \(HealStep.quoted(name)) --ignore-daemonsets --delete-emptydir-data",
      proofLimit: proofLimit
    )
  }

  /// The longest that Pods may take to end after the last eviction.
  private static let proofLimit = Duration.seconds(600)

  private static func reason(of node: Node) -> String {
    let patience = EvictionPatience.standard
    let rule =
      "Its Pods start on other Nodes. An eviction that a disruption budget refuses is tried again "
      + "every \(patience.interval.components.seconds) seconds, for \(patience.words)."
    guard node.ready?.status != .isTrue else { return rule }
    return rule + " The Node's kubelet does not work: the Pods stay Terminating until it does, or "
      + "until the Node is deleted, and what StatefulSets run does not start elsewhere before."
  }

  /// The Node is cordoned and none of the Pods is there; where its kubelet does not work, they are
  /// being deleted, which is all that can be had.
  func isProved(_ plan: HealPlan, in graph: ClusterGraph) -> Bool? {
    plan.steps.allSatisfy { step in
      guard case .evict(let key, let uid) = step else {
        return (graph.record(step.target) as? Node)?.isUnschedulable == true
      }
      guard let pod = graph.record(key) as? Pod, pod.metadata.uid == uid else { return true }
      let node = pod.nodeKey.flatMap { graph.record($0) as? Node }
      return pod.metadata.isTerminating && node?.ready?.status != .isTrue
    }
  }
}
