import Healing
package import KubernetesClient
package import KubernetesObjects

/// A context that cannot be used: it is shown with its reason, and stops no other.
package struct UnusableContext: ClusterSource, UnchangingAPI {
  package let name: String
  private let error: KubeconfigError

  package init(name: String, error: KubeconfigError) {
    self.name = name
    self.error = error
  }

  package var refusal: KubernetesError { .unusableContext(error) }
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
}
