package import KubernetesClient
package import KubernetesObjects
import WireFormats

extension HealStep {
  /// The uid that its target must still have; `nil` where it has none yet, or another is asked for.
  var uid: ObjectUID? {
    switch self {
    case .delete(_, let uid, _, _), .evict(_, let uid): uid
    case .patch(_, let patch, _, _): Self.uid(of: patch)
    case .scale(let change): change.uid
    case .rollBack(let rollback): rollback.uid
    case .create, .run, .release, .relist: nil
    }
  }

  private static func uid(of patch: Patch) -> ObjectUID? {
    let text: String? =
      switch patch {
      case .merge(let body), .strategicMerge(let body):
        body[path: "metadata", "uid"]?.stringValue
      case .json(let operations):
        operations.arrayValue?.first {
          $0["op"]?.stringValue == "test" && $0["path"]?.stringValue == "/metadata/uid"
        }?["value"]?.stringValue
      }
    return text.map { ObjectUID($0) }
  }

  /// What is sent; `source` is what the server has of ``source``, `target` what it has of ``target`` where
  /// that must be the one that was meant.
  ///
  /// `nil` where the step is no call of the API server.
  func request(
    of resource: APIResource,
    after source: JSONValue?,
    on target: JSONValue? = nil
  ) throws(KubernetesError) -> ChangeRequest? {
    switch self {
    case .delete(let key, let uid, let grace, let propagation):
      let options = DeleteOptions(
        uid: uid.description,
        gracePeriodSeconds: grace,
        // As kubectl asks for: by itself the server leaves the Pods of a deleted Job behind.
        propagationPolicy: propagation
      )
      return .delete(key, of: resource, options)
    case .evict(let key, let uid): return .evict(key, of: resource, uid: uid.description)
    case .patch(let key, let patch, let subresource, _):
      return .patch(key, of: resource, subresource: subresource, patch)
    case .scale(let change):
      return .patch(
        change.workload,
        of: resource,
        subresource: ReplicaChange.subresource,
        try change.patch(of: target ?? .null)
      )
    case .create(let key, let object): return .create(object, of: resource, as: key)
    case .rollBack(let rollback):
      let patch = try rollback.patch(after: source ?? .null)
      return .patch(rollback.deployment, of: resource, patch)
    case .run(let run):
      return .create(try run.object(after: source ?? .null), of: resource, as: run.job)
    case .release, .relist: return nil
    }
  }
}

extension HealStep {
  /// What the user must be allowed to do, as far as the server serves the kinds.
  package func permissions(_ resources: [ObjectKind: APIResource]) -> [AccessQuestion] {
    guard isOfCluster, let resource = resources[target.kind] else { return [] }
    let namespace = target.namespace
    let target = target
    func question(_ verb: String, _ subresource: String = "") -> AccessQuestion {
      AccessQuestion(verb, resource, in: namespace, name: target.name, subresource: subresource)
    }
    // Nothing is changed that cannot be looked at just before.
    let look = uid == nil ? [] : [question("get")]
    let sources = source.flatMap { key in
      resources[key.kind].map { AccessQuestion("get", $0, in: key.namespace, name: key.name) }
    }
    let change: [AccessQuestion] =
      switch self {
      case .delete: [question("delete")]
      // Drains have many, and nobody gives leave for Pods by their names.
      case .evict:
        [AccessQuestion("create", resource, in: namespace, subresource: Eviction.subresource)]
      case .patch(_, _, let subresource, _): [question("patch", subresource)]
      case .scale: [question("patch", ReplicaChange.subresource)]
      case .rollBack: [question("patch")]
      // Leave to create cannot be had for a name alone.
      case .create, .run: [AccessQuestion("create", resource, in: namespace)]
      case .release, .relist: []
      }
    return (isEviction ? [] : look) + [sources].compactMap(\.self) + change
  }

  /// What tells steps of two plans apart, made at different times for the same.
  var essence: Essence {
    switch self {
    case .run(let run): Essence(verb: "run", target: run.cronJob, uid: run.uid)
    case .delete(let key, let uid, let grace, _):
      Essence(verb: grace == 0 ? "force-delete" : "delete", target: key, uid: uid)
    case .evict(let key, let uid): Essence(verb: "evict", target: key, uid: uid)
    case .patch(let key, _, let subresource, _):
      Essence(verb: "patch \(subresource)", target: key, uid: uid)
    case .scale(let change):
      Essence(verb: "scale to \(change.new)", target: change.workload, uid: change.uid)
    case .rollBack(let rollback):
      Essence(verb: "to \(rollback.revision)", target: rollback.deployment, uid: rollback.uid)
    case .create, .release, .relist: Essence(verb: summary, target: target, uid: nil)
    }
  }

  struct Essence: Hashable {
    let verb: String
    let target: ObjectKey
    let uid: ObjectUID?
  }
}

extension HealPlan {
  /// Whether a plan made for the same now does nothing that this one does not show.
  package func covers(_ newer: HealPlan) -> Bool {
    Set(newer.steps.map(\.essence)).isSubset(of: steps.map(\.essence))
  }

  /// What the user must be allowed to do, each once.
  package func permissions(_ resources: [ObjectKind: APIResource]) -> [AccessQuestion] {
    var asked: Set<AccessQuestion> = []
    return steps.flatMap { $0.permissions(resources) }.filter { asked.insert($0).inserted }
  }
}
