import Healing
import KubernetesClient
import KubernetesObjects
import Monitoring
import WireFormats

/// A cluster of which only some kinds are shown to a monitor.
struct SelectedKinds: ClusterSource {
  private let client: KubernetesClient
  private let plurals: [String]
  private let silence: ExpectedSilence

  init(
    of client: KubernetesClient,
    plurals: [String],
    silence: ExpectedSilence = ExpectedSilence()
  ) {
    self.client = client
    self.plurals = plurals
    self.silence = silence
  }

  var name: String { client.name }
  var server: String { client.server }
  var statistics: RequestStatistics { client.statistics }
  var defaultNamespace: String? { client.defaultNamespace }

  func serverVersion() async throws(KubernetesError) -> String { try await client.serverVersion() }

  func discover() async throws(KubernetesError) -> Discovery {
    var discovery = try await client.discover()
    discovery.resources.removeAll { !plurals.contains($0.qualifiedPlural) }
    return discovery
  }

  func leaveSilentConnections() { client.leaveSilentConnections() }

  func rules(in namespace: String) async throws(KubernetesError) -> NamespaceRules {
    try await client.rules(in: namespace)
  }

  func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool {
    try await client.mayFollow(resource, in: namespace)
  }

  func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?) {
    try await client.metadata(
      of: resource,
      in: namespace,
      fieldSelector: fieldSelector,
      continueToken: continueToken
    )
  }

  func follow(
    _ resource: APIResource,
    namespace: String?,
    options: ReflectorOptions,
    deliver: @Sendable (StreamEvent) async -> Void
  ) async {
    var options = options
    options.silence = silence
    await client.follow(resource, namespace: namespace, options: options, deliver: deliver)
  }

  func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue {
    try await client.object(key, of: resource)
  }

  func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
    try await client.send(change)
  }

  func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
    try await client.review(question)
  }

  func userName() async throws(KubernetesError) -> String { try await client.userName() }
}
