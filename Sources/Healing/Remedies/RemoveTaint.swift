import ClusterGraph
import Inspection
import KubernetesObjects
import WireFormats

/// Removes the taint of a Node that a finding names.
struct RemoveTaint: PlanningRemedy {
  let id: RemedyID = "remove-taint"
  let title = "Remove the taint from the Node"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let node = try graph.subject(of: finding, as: Node.self)
    let name = node.metadata.name
    let named = finding.evidence.filter { $0.path == "spec.taints" }.map(\.value)
    guard let index = node.taints.firstIndex(where: { named.contains(Self.text(of: $0)) }) else {
      throw Obstacle("Node \(name) has no such taint any more.")
    }
    let taint = node.taints[index]
    let text = Self.text(of: taint)
    let path = "/spec/taints/\(index)"
    var tests: [JSONValue] = [
      ["op": "test", "path": .string(path + "/key"), "value": .string(taint.key)],
      ["op": "test", "path": .string(path + "/effect"), "value": .string(taint.effect)],
    ]
    // The server leaves an empty value out.
    if !taint.value.isEmpty {
      tests.append(["op": "test", "path": .string(path + "/value"), "value": .string(taint.value)])
    }
    let removal: JSONValue = ["op": "remove", "path": .string(path)]
    return plan(
      "Remove taint \(text) from Node \(name)",
      for: finding,
      because: "It keeps Pods away, and none of those that run there names it.",
      steps: [.json(tests + [removal], on: node.key, uid: node.metadata.uid)],
      disruption: .none,
      impacts: [.init(.object(node.key), "takes Pods that do not tolerate \(text)")],
      undo: "\(kubectl: "taint node \(name) \(HealStep.quoted(text))")",
      confirmation: .key("y")
    )
  }

  /// `key=value:effect`, as kubectl and findings have it.
  private static func text(of taint: Node.Taint) -> String {
    taint.key + (taint.value.isEmpty ? "" : "=\(taint.value)") + ":\(taint.effect)"
  }
}
