package import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// What stands for an API server and has none of its own to ask: every call is refused alike.
package protocol UnchangingAPI: ChangingAPI {
  var refusal: KubernetesError { get }
}

extension UnchangingAPI {
  package func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue { throw refusal }

  package func create(
    _ object: JSONValue,
    of resource: APIResource,
    namespace: String
  ) async throws(KubernetesError) -> JSONValue { throw refusal }

  package func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    options: DeleteOptions
  ) async throws(KubernetesError) -> JSONValue { throw refusal }

  package func evict(
    _ pod: ObjectKey,
    of resource: APIResource,
    uid: String
  ) async throws(KubernetesError) { throw refusal }

  package func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    subresource: String,
    _ patch: Patch,
    dryRun: Bool
  ) async throws(KubernetesError) -> JSONValue { throw refusal }
}
