import ClusterGraph
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Sends what a user changed of an object, if nobody else has changed it since.
struct ApplyEdit: PlanningAction {
  let edited: EditedObject

  /// What names an object; whoever changes that wants another one.
  private static let identity = [
    "apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.uid",
    "metadata.resourceVersion",
  ]

  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let (old, new) = (edited.original, edited.edited)
    for path in Self.identity where Self.value(path, of: old) != Self.value(path, of: new) {
      throw Obstacle("\(path) tells which object it is, and cannot be edited.")
    }
    guard let uid = old[path: "metadata", "uid"]?.stringValue else {
      throw Obstacle("What was edited has no uid.")
    }
    guard !edited.operations.isEmpty else { throw Obstacle("Nothing was changed.") }
    let parts = edited.changedParts.joined(separator: ", ")
    let record = graph.record(object)
    var impacts = [BlastRadius.Impact(.object(object), "is changed in \(parts)")]
    let restarts = old[path: "spec", "template"] != new[path: "spec", "template"]
    if restarts, let workload = record as? any Workload {
      impacts.append(RestartWorkload.impact(on: workload, in: graph))
    }
    return origin.plan(
      "Edit \(object)",
      because: "It becomes what was written in the editor.",
      steps: [
        .json(
          edited.operations,
          on: object,
          uid: ObjectUID(uid),
          kubectl: "edit \(HealStep.argument(for: object))"
        )
      ],
      disruption: restarts ? .rolling : .none,
      blastRadius: BlastRadius(impacts),
      undo: "By editing it again.",
      confirmation: .key("y")
    )
  }

  private static func value(_ path: String, of object: JSONValue) -> JSONValue? {
    path.split(separator: ".").reduce(Optional(object)) { value, key in value?[String(key)] }
  }
}
