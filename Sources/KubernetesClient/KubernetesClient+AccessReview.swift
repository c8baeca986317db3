package import KubernetesObjects
import WireFormats

extension KubernetesClient {
  /// Asks the server whether the user may use a verb on a resource (`SelfSubjectAccessReview`).
  package func isAllowed(
    _ verb: String,
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool {
    var attributes: JSONValue = [
      "verb": .string(verb),
      "group": .string(resource.kind.group),
      "version": .string(resource.version),
      "resource": .string(resource.plural),
    ]
    attributes["namespace"] = namespace.map { .string($0) }
    let review: JSONValue = [
      "apiVersion": "authorization.k8s.io/v1",
      "kind": "SelfSubjectAccessReview",
      "spec": ["resourceAttributes": attributes],
    ]
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    return try await post(review, to: path)[path: "status", "allowed"]?.booleanValue ?? false
  }
}
