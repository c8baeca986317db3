import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// Since when sources that were read one after the other can be said to disagree.
@Suite struct DriftTests {
  private static let lately = Timestamp.noon + .seconds(3600)

  private func suspects(_ id: CheckID, _ objects: [any ObjectRecord]) throws -> [Finding] {
    let check = try #require(Catalogue.check(id))
    var inspector = Inspector(cluster: "test", checks: [check], policy: .singleLook)
    let graph = FixtureWorld(objects).graph()
    let now = Self.lately + .seconds(10)
    _ = inspector.inspect(graph.allHandles, in: graph, at: now, watchedFromStart: false)
    #expect(inspector.findings.isEmpty)
    return inspector.suspects
  }

  private func slice(of pod: String) -> EndpointSlice {
    var slice = EndpointSlice(metadata: .sample("cart-abc", namespace: "shop"))
    slice.metadata.labels = ["kubernetes.io/service-name": "cart"]
    slice.metadata.annotations = [
      "endpoints.kubernetes.io/last-change-trigger-time": Self.lately.rfc3339
    ]
    var endpoint = EndpointSlice.Endpoint()
    var target = ObjectMention()
    target.kind = Pod.kind
    target.namespace = "shop"
    target.name = pod
    endpoint.target = target
    slice.endpoints = [endpoint]
    return slice
  }

  @Test func aSliceThatWasJustWrittenMayBeNewerThanItsPods() throws {
    let found = try suspects("drift/endpoints-stale", [slice(of: "new")])
    #expect(found.map(\.since) == [Self.lately])
  }

  @Test func aPodMayHaveLeftASliceThatWasJustWritten() throws {
    var service = Service(metadata: .sample("cart", namespace: "shop"))
    service.selector = ["app": "cart"]
    var pod = Pod.sample("old", addresses: ["10.0.1.1"])
    pod.metadata.labels = ["app": "cart"]
    pod.milestones = .ready
    let found = try suspects("drift/endpoints-missing", [service, pod, slice(of: "new")])
    #expect(found.map(\.since) == [Self.lately])
  }
}
