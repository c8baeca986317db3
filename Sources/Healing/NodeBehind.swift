import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

extension ClusterGraph {
  /// The finding's Node, or the Node of the youngest Pod that it is about.
  func node(behind finding: Finding) throws(Obstacle) -> Node {
    let keys = ([finding.subject] + finding.related).compactMap(\.objectKey)
    guard let key = keys.first(where: { $0.kind == Node.kind }) ?? nodeOfYoungestPod(among: keys)
    else { throw Obstacle("It is about no Node that is there.") }
    if let node = record(key) as? Node { return node }
    guard case .unknown(let reason) = presence(of: .object(key)) else {
      throw Obstacle("Node \(key.name) is gone already.")
    }
    throw Obstacle("Node \(key.name) cannot be seen: \(reason).")
  }

  private func nodeOfYoungestPod(among keys: [ObjectKey]) -> ObjectKey? {
    keys.compactMap { record($0) as? Pod }.max {
      ($0.metadata.creationTimestamp?.millisecondsSince1970 ?? 0, $0.metadata.name)
        < ($1.metadata.creationTimestamp?.millisecondsSince1970 ?? 0, $1.metadata.name)
    }?.nodeKey
  }

  /// The Pods that are bound to a Node, in the order of their names; `nil` where they are not known.
  func pods(on node: Node) -> [Pod]? {
    guard knowledge(of: Pod.kind) == .known, let handle = handle(of: .object(node.key)) else {
      return nil
    }
    return referrers(of: handle, over: .node).compactMap { $0.presence.record as? Pod }
      .sorted { $0.key < $1.key }
  }
}

extension HealStep {
  /// Lets no new Pods onto a Node, or lets them again.
  static func cordon(_ node: Node, _ isUnschedulable: Bool = true) -> HealStep {
    let patch: JSONValue = [
      "metadata": ["uid": .string(node.metadata.uid.description)],
      // As kubectl does: what is not there is false.
      "spec": ["unschedulable": isUnschedulable ? true : .null],
    ]
    let command = isUnschedulable ? "cordon" : "uncordon"
    return .patch(node.key, .merge(patch), kubectl: "\(command) \(quoted(node.metadata.name))")
  }
}
