import ClusterGraph
import HTTP
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// What is kept of objects besides their records comes with their streams, from when somebody asks for it.
@Suite(.fewAtOnce) struct KindExtensionStreamTests {
  private static let images: KindExtension = {
    var known = KindExtension()
    known.projection.keep([
      .member("spec"), .member("containers"), .any, .member("terminationMessagePolicy"),
    ])
    return known
  }()

  /// Of RuntimeClasses only the metadata is read otherwise.
  private static let handlers: KindExtension = {
    var known = KindExtension()
    known.projection.keep([.member("handler")])
    return known
  }()

  private static let runtimeClass = ObjectKind("RuntimeClass", group: "node.k8s.io")

  @Test func fieldsAreKeptFromWhenTheyAreAskedFor() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("demo", on: eventLoop),
      options: MonitorOptions(checks: [])
    )
    _ = try cluster.create([
      "apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": ["name": "sandbox"],
      "handler": "runsc",
    ])
    let task = Task { await monitor.run() }
    let pods = cluster.objects(of: "pods").count
    #expect(pods > 0)
    #expect(await eventually { await monitor.status().connection == .watching })
    #expect(await monitor.objectCount(of: Pod.kind) == pods)
    #expect(await monitor.projectedCount(of: Pod.kind) == 0)
    await monitor.setExtensions([Pod.kind: Self.images, Self.runtimeClass: Self.handlers])
    #expect(await eventually { await monitor.projectedCount(of: Pod.kind) == pods })
    #expect(await eventually { await monitor.handler(ofClass: "sandbox") == "runsc" })
    await monitor.setExtensions([:])
    #expect(await eventually { await monitor.projectedCount(of: Pod.kind) == 0 })
    #expect(await monitor.objectCount(of: Pod.kind) == pods)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }
}

extension ClusterMonitor {
  fileprivate func objectCount(of kind: ObjectKind) -> Int { graph.count(of: kind) }

  /// How many objects of a kind have anything kept besides their records.
  fileprivate func projectedCount(of kind: ObjectKind) -> Int {
    graph.keys(of: kind).compactMap { graph.handle(of: .object($0)) }
      .count { graph.projectedFields(of: $0)?["spec"] != nil }
  }

  fileprivate func handler(ofClass name: String) -> String? {
    let key = ObjectKey(ObjectKind("RuntimeClass", group: "node.k8s.io"), name: name)
    return graph.handle(of: .object(key)).flatMap { graph.projectedFields(of: $0) }?["handler"]?
      .text
  }
}
