import ClusterGraph
import Inspection
import KubernetesObjects
import WireFormats

/// Removes the reference to an owner that does not exist, so that its object may stay.
struct RemoveOwnerReference: PlanningRemedy {
  let id: RemedyID = "remove-owner-reference"
  let title = "Remove the reference to the missing owner"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let record = try graph.settledRecord(finding.subject)
    let references = record.metadata.ownerReferences
    guard let index = references.firstIndex(where: { Self.isMissing($0, of: record, in: graph) })
    else { throw Obstacle("No owner of \(finding.subject) is known to be missing.") }
    let owner = references[index]
    let path = "/metadata/ownerReferences/\(index)"
    return plan(
      "Remove owner \(owner.kind.name) \(owner.name) from \(record.key)",
      for: finding,
      because: "The owner does not exist, and an object without any is left alone.",
      steps: [
        .json(
          [
            [
              "op": "test", "path": .string(path + "/uid"),
              "value": .string(owner.uid.description),
            ],
            ["op": "remove", "path": .string(path)],
          ],
          on: record.key,
          uid: record.metadata.uid
        )
      ],
      disruption: .none,
      impacts: [
        .init(
          .object(record.key),
          references.count == 1
            ? "belongs to nobody: nobody deletes it by itself"
            : "is deleted with the owners that it still has"
        )
      ],
      undo: "Cannot be undone: the garbage collector would delete what has only this owner.",
      confirmation: .typing(record.metadata.name)
    )
  }

  /// Whether an owner is known not to exist, or to be another one under the same name.
  private static func isMissing(
    _ owner: OwnerReference,
    of record: any ObjectRecord,
    in graph: ClusterGraph
  ) -> Bool {
    let namespace = record.metadata.namespace
    var isUnknown = false
    // Whether a kind has namespaces is not told by its name.
    for place in Set([namespace, ""]) {
      switch graph.presence(of: .object(ObjectKey(owner.kind, namespace: place, name: owner.name)))
      {
      case .present(let found): if found.metadata.uid == owner.uid { return false }
      case .absent, .notAnObject: break
      case .unknown: isUnknown = true
      }
    }
    return !isUnknown
  }
}
