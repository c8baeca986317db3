import KubernetesClient
import KubernetesObjects
import WireFormats

extension HealStep {
  /// The uid that its target must still have; `nil` where it has none yet, or another is asked for.
  var uid: ObjectUID? {
    switch self {
    case .delete(_, let uid, _, _), .evict(_, let uid): uid
    case .patch(_, let patch, _, _): Self.uid(of: patch)
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

  /// What is sent; `source` is what the server has of ``source``.
  ///
  /// `nil` where the step is no call of the API server.
  func request(
    of resource: APIResource,
    after source: JSONValue?
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
