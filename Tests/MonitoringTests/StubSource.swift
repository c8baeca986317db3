import Healing
import KubernetesClient
import KubernetesObjects
import Monitoring
import TestServers
import WireFormats

/// A cluster that serves what a test says, and whose streams bring nothing by themselves.
struct StubSource: ClusterSource {
  let discovery: Shared<Discovery>
  /// What discovery is refused with, the next times.
  let refusals = Shared<[KubernetesError]>([])
  let versionRefusal = Shared<KubernetesError?>(nil)
  let discoveryCount = Shared(0)
  /// Where everything may be followed; an empty text stands for all namespaces.
  let allowedNamespaces = Shared<Set<String>>([])
  /// Whether it is told what may be followed.
  let answersReviews = Shared(true)
  var defaultNamespace: String?
  private let rest = UnusableContext(name: "prod", error: .none(searched: []))

  init(_ resources: [APIResource], defaultNamespace: String? = nil) {
    discovery = Shared(Discovery(resources: resources))
    self.defaultNamespace = defaultNamespace
  }

  var name: String { rest.name }
  var server: String { rest.server }
  var statistics: RequestStatistics { rest.statistics }

  func serverVersion() async throws(KubernetesError) -> String {
    if let refusal = versionRefusal.value { throw refusal }
    return "v1.36.2"
  }

  func discover() async throws(KubernetesError) -> Discovery {
    discoveryCount.change { $0 += 1 }
    if let refusal = refusals.change({ $0.isEmpty ? nil : $0.removeFirst() }) { throw refusal }
    return discovery.value
  }

  func leaveSilentConnections() {}

  func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool {
    _ = await eventually { answersReviews.value }
    return allowedNamespaces.value.contains(namespace ?? "")
  }

  func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?) {
    try await rest.metadata(
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
  ) async {}

  func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue { try await rest.object(key, of: resource) }

  func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
    try await rest.send(change)
  }

  func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
    try await rest.review(question)
  }

  func userName() async throws(KubernetesError) -> String { try await rest.userName() }
}

extension APIResource {
  static let widgets = custom("Widget", plural: "widgets")

  /// A namespaced kind of the group example.com.
  static func custom(_ kind: String, plural: String, version: String = "v1") -> APIResource {
    APIResource(
      kind: ObjectKind(kind, group: "example.com"),
      version: version,
      plural: plural,
      isNamespaced: true,
      verbs: ["list", "watch"]
    )
  }

  static let podsToFollow = APIResource(
    kind: Pod.kind,
    version: "v1",
    plural: "pods",
    isNamespaced: true,
    verbs: ["list", "watch"]
  )

  static let definitions = APIResource(
    kind: CustomResourceDefinition.kind,
    version: "v1",
    plural: "customresourcedefinitions",
    isNamespaced: false,
    verbs: ["list", "watch"]
  )
}
