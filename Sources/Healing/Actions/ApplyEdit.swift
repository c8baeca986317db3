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
    guard let uid = old[path: "metadata", "uid"]?.stringValue,
      let version = old[path: "metadata", "resourceVersion"]?.stringValue
    else { throw Obstacle("What was edited has no uid and resourceVersion.") }
    guard var patch = edited.difference else { throw Obstacle("Nothing was changed.") }
    patch[path: "metadata", "uid"] = .string(uid)
    patch[path: "metadata", "resourceVersion"] = .string(version)
    let parts = (edited.difference?.objectValue ?? [:]).keys.sorted().joined(separator: ", ")
    let record = graph.record(object)
    var impacts = [BlastRadius.Impact(.object(object), "is changed in \(parts)")]
    let restarts = edited.difference?[path: "spec", "template"] != nil
    if restarts, let workload = record as? any Workload {
      impacts.append(RestartWorkload.impact(on: workload, in: graph))
    }
    return origin.plan(
      "Edit \(object)",
      because: "It becomes what was written in the editor.",
      steps: [
        .patch(object, .merge(patch), kubectl: "edit \(HealStep.argument(for: object))")
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
