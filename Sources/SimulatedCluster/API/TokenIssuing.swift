import Foundation
import WireFormats

/// Answers the `token` of a ServiceAccount: a TokenRequest, as `kubectl create token` makes it.
struct TokenIssuing: Sendable {
  private static let usualLifetime: Int64 = 3600

  let registry: Registry
  let access: Access

  func answer(_ request: APIRequest, _ address: ObjectAddress) throws(APIFailure) -> APIResponse {
    guard request.method == "POST" else { throw .methodNotAllowed }
    guard registry.object(address) != nil else { throw .notFound(address.resource, address.name) }
    let sent = (try? JSONValue(parsing: request.body)) ?? [:]
    let seconds = sent[path: "spec", "expirationSeconds"]?.integerValue ?? Self.usualLifetime
    let user = User(
      "system:serviceaccount:\(address.namespace):\(address.name)",
      uid: registry.object(address)?.uid ?? "",
      groups: ["system:serviceaccounts", "system:serviceaccounts:\(address.namespace)"]
    )
    let issued = access.issueToken(for: access.known(user), lifetime: TimeInterval(seconds))
    return .json(
      [
        "kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1",
        "metadata": ["name": .string(address.name), "namespace": .string(address.namespace)],
        "spec": ["expirationSeconds": .integer(seconds)],
        "status": [
          "token": .string(issued.token),
          "expirationTimestamp": .string(SimulatedClock.timestamp(issued.expiry)),
        ],
      ],
      status: 201
    )
  }
}
