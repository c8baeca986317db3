import Healing
package import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// A context that cannot be used: it is shown with its reason, and stops no other.
package struct UnusableContext: ClusterSource {
  package let name: String
  private let error: KubeconfigError

  package init(name: String, error: KubeconfigError) {
    self.name = name
    self.error = error
  }

  package var server: String { "" }
  package var statistics: RequestStatistics { RequestStatistics() }
  package var defaultNamespace: String? { nil }

  package func leaveSilentConnections() {}

  package func serverVersion() async throws(KubernetesError) -> String {
    throw .unusableContext(error)
  }

  package func discover() async throws(KubernetesError) -> Discovery {
    throw .unusableContext(error)
  }

  package func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool { throw .unusableContext(error) }

  package func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?) {
    throw .unusableContext(error)
  }

  package func follow(
    _ resource: APIResource,
    namespace: String?,
    options: ReflectorOptions,
    deliver: @Sendable (StreamEvent) async -> Void
  ) async {}

  package func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue { throw .unusableContext(error) }

  package func create(
    _ object: JSONValue,
    of resource: APIResource,
    namespace: String
  ) async throws(KubernetesError) -> JSONValue { throw .unusableContext(error) }

  package func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    options: DeleteOptions
  ) async throws(KubernetesError) -> JSONValue { throw .unusableContext(error) }

  package func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    subresource: String,
    _ patch: Patch,
    dryRun: Bool
  ) async throws(KubernetesError) -> JSONValue { throw .unusableContext(error) }
}
