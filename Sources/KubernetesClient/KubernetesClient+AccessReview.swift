package import KubernetesObjects
import WireFormats

extension KubernetesClient {
  /// Asks the server whether the user may use a verb on a resource (`SelfSubjectAccessReview`).
  package func isAllowed(
    _ verb: String,
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool {
    try await review(verb, resource, in: namespace).isAllowed
  }

  /// Asks the server whether the user may send a change.
  package func review(_ change: ChangeRequest) async throws(KubernetesError) -> AccessAnswer {
    let namespace = change.target.namespace
    return try await review(
      change.verb,
      change.resource,
      in: namespace.isEmpty ? nil : namespace,
      // Who creates an object has no leave for its name alone.
      name: change.verb == "create" && change.subresource.isEmpty ? "" : change.target.name,
      subresource: change.subresource
    )
  }

  /// Who the server takes the user for (`SelfSubjectReview`).
  package func userName() async throws(KubernetesError) -> String {
    let review: JSONValue = [
      "apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview",
    ]
    let answer = try await post(review, to: "/apis/authentication.k8s.io/v1/selfsubjectreviews")
    guard let name = answer[path: "status", "userInfo", "username"]?.stringValue else {
      throw .malformedAnswer(reason: "the review names no user")
    }
    return name
  }

  private func review(
    _ verb: String,
    _ resource: APIResource,
    in namespace: String?,
    name: String = "",
    subresource: String = ""
  ) async throws(KubernetesError) -> AccessAnswer {
    var attributes: JSONValue = [
      "verb": .string(verb),
      "group": .string(resource.kind.group),
      "version": .string(resource.version),
      "resource": .string(resource.plural),
    ]
    attributes["namespace"] = namespace.map { .string($0) }
    if !name.isEmpty { attributes["name"] = .string(name) }
    if !subresource.isEmpty { attributes["subresource"] = .string(subresource) }
    let review: JSONValue = [
      "apiVersion": "authorization.k8s.io/v1",
      "kind": "SelfSubjectAccessReview",
      "spec": ["resourceAttributes": attributes],
    ]
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    let status = try await post(review, to: path)["status"]
    return AccessAnswer(
      isAllowed: status?["allowed"]?.booleanValue ?? false,
      reason: status?["reason"]?.stringValue ?? ""
    )
  }
}

/// What the server says to the question whether something is allowed.
package struct AccessAnswer: Sendable, Equatable {
  package let isAllowed: Bool
  /// Why, in the server's words; often empty.
  package let reason: String

  package init(isAllowed: Bool, reason: String = "") {
    self.isAllowed = isAllowed
    self.reason = reason
  }
}
