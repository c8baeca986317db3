import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// API groups whose own servers do not answer: said, not fatal, and noticed when they are mended.
@Suite struct BrokenGroupTests {
  private func metricsService(isAvailable: Bool) -> JSONValue {
    [
      "apiVersion": "apiregistration.k8s.io/v1",
      "kind": "APIService",
      "metadata": ["name": "v1beta1.metrics.k8s.io"],
      "spec": [
        "group": "metrics.k8s.io",
        "version": "v1beta1",
        "groupPriorityMinimum": 100,
        "versionPriority": 100,
        "service": ["name": "metrics-server", "namespace": "kube-system"],
      ],
      "status": [
        "conditions": [
          ["type": "Available", "status": .string(isAvailable ? "True" : "False")]
        ]
      ],
    ]
  }

  @Test func aGroupThatBreaksIsSaidUntilItIsMended() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("prod", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    #expect(await monitor.status().brokenGroups.isEmpty)
    try cluster.apply(metricsService(isAvailable: false))
    #expect(
      await eventually {
        await monitor.status().brokenGroups.map(\.groupVersion) == ["metrics.k8s.io/v1beta1"]
      }
    )
    #expect(await monitor.status().connection == .watching)
    try cluster.apply(metricsService(isAvailable: true))
    #expect(await eventually { await monitor.status().brokenGroups.isEmpty })
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whatABrokenGroupServesIsNotTakenForGone() async throws {
    let source = BreakingSource()
    let monitor = ClusterMonitor(
      source: source,
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let task = Task { await monitor.run() }
    let kinds: () async -> Set<ObjectKind> = { Set(await monitor.streams.keys) }
    #expect(await eventually { await kinds() == [BreakingSource.widgets.kind] })
    source.isBroken.change { $0 = true }
    await monitor.discoverySignal?.yield()
    #expect(await eventually { await !monitor.brokenGroups.isEmpty })
    #expect(await kinds() == [BreakingSource.widgets.kind])
    source.isBroken.change { $0 = false }
    source.servesWidgets.change { $0 = false }
    await monitor.discoverySignal?.yield()
    #expect(await eventually { await kinds().isEmpty })
    task.cancel()
    await task.value
  }
}

/// Serves one custom kind, whose group's server may break.
private struct BreakingSource: ClusterSource {
  static let widgets = APIResource(
    kind: ObjectKind("Widget", group: "example.com"),
    version: "v1",
    plural: "widgets",
    isNamespaced: true,
    verbs: ["list", "watch"]
  )

  let isBroken = Shared(false)
  let servesWidgets = Shared(true)
  private let rest = UnusableContext(name: "prod", error: .none(searched: []))

  var name: String { rest.name }
  var server: String { rest.server }
  var statistics: RequestStatistics { rest.statistics }
  var defaultNamespace: String? { nil }

  func serverVersion() async throws(KubernetesError) -> String { "v1.36.2" }

  func discover() async throws(KubernetesError) -> Discovery {
    var discovery = Discovery()
    if isBroken.value {
      discovery.brokenGroups = [.init(group: "example.com", version: "v1", reason: "gone")]
    } else if servesWidgets.value {
      discovery.resources = [Self.widgets]
    }
    return discovery
  }

  func mayFollow(
    _ resource: APIResource,
    in namespace: String
  ) async throws(KubernetesError) -> Bool { try await rest.mayFollow(resource, in: namespace) }

  func metadata(
    of resource: APIResource,
    in namespace: String?,
    fieldSelector: String
  ) async throws(KubernetesError) -> [ObjectSnapshot] {
    try await rest.metadata(of: resource, in: namespace, fieldSelector: fieldSelector)
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
  ) async throws(KubernetesError) -> JSONValue {
    try await rest.object(key, of: resource)
  }

  func create(
    _ object: JSONValue,
    of resource: APIResource,
    namespace: String
  ) async throws(KubernetesError) -> JSONValue {
    try await rest.create(object, of: resource, namespace: namespace)
  }

  func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    options: DeleteOptions
  ) async throws(KubernetesError) -> JSONValue {
    try await rest.delete(key, of: resource, options: options)
  }

  func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    subresource: String,
    _ patch: Patch,
    dryRun: Bool
  ) async throws(KubernetesError) -> JSONValue {
    try await rest.patch(
      key,
      of: resource,
      subresource: subresource,
      patch,
      dryRun: dryRun
    )
  }
}
