import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Sets a label of a Node to what the CMDB says of its machine.
struct RelabelNode: PlanningRemedy {
  let id: RemedyID = "relabel-node"
  let title = "Set the Node's label to what the CMDB says"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let node = try graph.subject(of: finding, as: Node.self)
    let name = node.metadata.name
    let paths = Set(finding.evidence.filter { $0.source == finding.subject }.map(\.path))
    let records = finding.related.compactMap { related in
      related.objectKey.flatMap { graph.record($0) as? InventoryMachine }
    }
    let difference = records.flatMap { $0.differences(from: node) }
      .first { paths.contains($0.path) }
    guard let difference, let label = difference.label else {
      throw Obstacle("Node \(name) and the CMDB no longer disagree about a label.")
    }
    let value = difference.recordValue
    guard Self.isLabelValue(value) else {
      throw Obstacle("What the CMDB says cannot be the value of a label.")
    }
    let pair = "\(label)=\(value)"
    let argument = HealStep.quoted(name)
    let patch: JSONValue = [
      "metadata": [
        "uid": .string(node.metadata.uid.description), "labels": [label: .string(value)],
      ]
    ]
    let undo = difference.nodeValue.isEmpty ? "\(label)-" : "\(label)=\(difference.nodeValue)"
    return plan(
      "Label Node \(name) with \(pair)",
      for: finding,
      because: "\(records[0].inventory) says so. Pods that run there stay; where new ones go, and "
        + "which volumes they reach, may depend on it.",
      steps: [
        .patch(
          node.key,
          .merge(patch),
          kubectl: "label node \(argument) \(HealStep.quoted(pair)) --overwrite"
        )
      ],
      disruption: .none,
      impacts: [.init(.object(node.key), "is chosen by its new \(difference.attribute)")],
      undo: "\(kubectl: "label node \(argument) \(HealStep.quoted(undo)) --overwrite")",
      confirmation: .key("y")
    )
  }

  /// Whether the API server takes it: up to 63 letters, digits, dashes, underscores and dots, the first
  /// and the last a letter or a digit.
  private static func isLabelValue(_ text: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 63,
      isAlphanumeric(first), isAlphanumeric(last)
    else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }
}
