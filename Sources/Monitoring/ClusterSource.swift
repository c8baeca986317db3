package import Healing
package import KubernetesClient
package import KubernetesObjects

/// Where a monitor gets a cluster's objects from, and how it changes them.
package protocol ClusterSource: ChangingAPI {
  var name: String { get }
  var server: String { get }
  var statistics: RequestStatistics { get }
  /// The namespace that the context names; the only one, perhaps, in which the user may read.
  var defaultNamespace: String? { get }
  /// The cluster's own time, where that is not everybody's.
  var clock: WallClock? { get }

  func serverVersion() async throws(KubernetesError) -> String
  func discover() async throws(KubernetesError) -> Discovery

  /// The parts of the API server that it calls failing itself.
  func failingParts() async throws(KubernetesError) -> [String]

  /// How much Pods and Nodes use just now; `nil` where nobody tells.
  func measurements() async throws(KubernetesError) -> Measurements?

  /// Leaves connections over which nothing came lately, for they may be dead.
  func leaveSilentConnections()

  /// What the user may do in a namespace, as far as the server tells it at once.
  func rules(in namespace: String) async throws(KubernetesError) -> NamespaceRules

  /// Whether the user may list and watch a resource in a namespace, or in all.
  func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool

  /// Lists a page of the metadata of one resource's objects, of those that `fieldSelector` means.
  func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?)

  /// A page of a resource's objects as `kubectl get` prints them; `nil` where nobody makes tables of
  /// them.
  func table(
    of resource: APIResource,
    in namespace: String?,
    labelSelector: String,
    fieldSelector: String,
    limit: Int,
    continueToken: String?
  ) async throws(KubernetesError) -> ResourceTable?

  /// One object as `kubectl get` prints it.
  func table(
    of key: ObjectKey,
    _ resource: APIResource
  ) async throws(KubernetesError) -> ResourceTable?

  /// The Events about an object, newest first; by its uid where it has one, else by its name.
  func events(
    about object: ObjectKey,
    uid: ObjectUID?
  ) async throws(KubernetesError) -> [ObjectEvent]

  /// Reads the log of one of a Pod's containers until the task is cancelled, or nothing more can come.
  ///
  /// `deliver` is awaited, so that a slow reader slows the server.
  func readLog(
    of pod: ObjectKey,
    _ resource: APIResource,
    _ options: LogOptions,
    deliver: @Sendable (LogEvent) async -> Void
  ) async

  /// Lists and follows one resource until the task is cancelled.
  ///
  /// `deliver` is awaited, so that a slow receiver slows the server.
  func follow(
    _ resource: APIResource,
    namespace: String?,
    options: ReflectorOptions,
    deliver: @Sendable (StreamEvent) async -> Void
  ) async
}

extension ClusterSource {
  package var clock: WallClock? { nil }

  package func measurements() async throws(KubernetesError) -> Measurements? { nil }

  package func table(
    of resource: APIResource,
    in namespace: String?,
    labelSelector: String,
    fieldSelector: String,
    limit: Int,
    continueToken: String?
  ) async throws(KubernetesError) -> ResourceTable? { nil }

  package func table(
    of key: ObjectKey,
    _ resource: APIResource
  ) async throws(KubernetesError) -> ResourceTable? { nil }

  package func events(
    about object: ObjectKey,
    uid: ObjectUID?
  ) async throws(KubernetesError) -> [ObjectEvent] { [] }

  /// A source that is no API server keeps no logs.
  package func readLog(
    of pod: ObjectKey,
    _ resource: APIResource,
    _ options: LogOptions,
    deliver: @Sendable (LogEvent) async -> Void
  ) async { await deliver(.failed("Nobody has logs of a snapshot.")) }

  /// A source that is no API server has no parts.
  package func failingParts() async throws(KubernetesError) -> [String] { [] }

  /// A source that is no API server tells of each resource alone.
  package func rules(in namespace: String) async throws(KubernetesError) -> NamespaceRules {
    .untold
  }
}

extension KubernetesClient: ClusterSource {
  package var name: String { connection.contextName }
  package var server: String { connection.server }
  package var defaultNamespace: String? { connection.namespace }

  package func mayFollow(
    _ resource: APIResource,
    in namespace: String?
  ) async throws(KubernetesError) -> Bool {
    for verb in ["list", "watch"] {
      let question = AccessQuestion(verb, resource, in: namespace ?? "")
      guard try await review(question).isAllowed else { return false }
    }
    return true
  }

  package func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String,
    continueToken: String?
  ) async throws(KubernetesError) -> (objects: [ObjectSnapshot], continueToken: String?) {
    var stream = try await list(
      resource,
      namespace: namespace,
      limit: ListMode.pageSize,
      continueToken: continueToken,
      metadataOnly: true,
      fieldSelector: fieldSelector
    )
    let objects = try await stream.rest()
    return (objects, stream.metadata.continueToken)
  }

  package func follow(
    _ resource: APIResource,
    namespace: String?,
    options: ReflectorOptions,
    deliver: @Sendable (StreamEvent) async -> Void
  ) async {
    let reflector = Reflector(
      client: self,
      resource: resource,
      namespace: namespace,
      options: options
    )
    await reflector.run(deliver)
  }
}
