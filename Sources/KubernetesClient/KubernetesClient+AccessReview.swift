package import KubernetesObjects
import WireFormats

/// Whether the user may use a verb on a resource, as the server is asked it.
package struct AccessQuestion: Hashable, Sendable {
  package let verb: String
  package let resource: APIResource
  /// The namespace; empty for all, and for what is in none.
  package let namespace: String
  /// The object's name; empty for any.
  package let name: String
  package let subresource: String

  package init(
    _ verb: String,
    _ resource: APIResource,
    in namespace: String,
    name: String = "",
    subresource: String = ""
  ) {
    self.verb = verb
    self.resource = resource
    self.namespace = namespace
    self.name = name
    self.subresource = subresource
  }
}

/// What the server says to an ``AccessQuestion``.
package struct AccessAnswer: Sendable, Equatable {
  package let isAllowed: Bool
  /// Why, in the server's words; often empty.
  package let reason: String

  package init(isAllowed: Bool, reason: String = "") {
    self.isAllowed = isAllowed
    self.reason = reason
  }
}

extension KubernetesClient {
  /// Asks the server whether the user may do something (`SelfSubjectAccessReview`).
  package func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
    let resource = question.resource
    var attributes: JSONValue = [
      "verb": .string(question.verb),
      "group": .string(resource.kind.group),
      "version": .string(resource.version),
      "resource": .string(resource.plural),
    ]
    let details = [
      "namespace": question.namespace, "name": question.name,
      "subresource": question.subresource,
    ]
    for (field, value) in details where !value.isEmpty { attributes[field] = .string(value) }
    let review: JSONValue = [
      "apiVersion": "authorization.k8s.io/v1",
      "kind": "SelfSubjectAccessReview",
      "spec": ["resourceAttributes": attributes],
    ]
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    return AccessAnswer(status: try await post(review, to: path)["status"])
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
}
