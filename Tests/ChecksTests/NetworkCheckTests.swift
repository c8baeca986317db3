import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// What checks about the network find beside what their fixtures show.
@Suite struct NetworkCheckTests {
  private func messages(_ id: CheckID, in world: FixtureWorld) throws -> [String] {
    let check = try #require(Catalogue.check(id))
    var inspector = Inspector(cluster: "test", checks: [check], policy: .atMost(.zero))
    let graph = world.graph()
    _ = inspector.inspect(graph.allHandles, in: graph, at: .noon, watchedFromStart: true)
    return inspector.findings.map(\.message).sorted()
  }

  @Test func aClassOfGatewaysMayBeUnused() throws {
    let found = try messages(
      "dangling/gateway-class-unused",
      in: [
        CustomRecord.gatewayClass("envoy"), CustomRecord.gatewayClass("used"),
        Gateway.sample(className: "used"),
      ]
    )
    #expect(found == ["No Gateway is of GatewayClass envoy"])
  }

  @Test func aPolicyMayMeanANamespaceThatDoesNotExist() throws {
    var peer = NetworkPolicy.Peer()
    peer.namespaceSelector = LabelSelector(["kubernetes.io/metadata.name": "infra"])
    var rule = NetworkPolicy.Rule()
    rule.peers = [peer]
    var policy = NetworkPolicy(metadata: .sample("cart", namespace: "shop"))
    policy.egress = [rule]
    let found = try messages("dangling/network-policy", in: [policy])
    #expect(
      found == [
        "NetworkPolicy shop/cart is about connections with namespace infra, which does not exist"
      ]
    )
  }

  @Test func aRouteMayNameAListenerThatDoesNotExist() throws {
    let found = try messages(
      "dangling/gateway-parent",
      in: [HTTPRoute.sample(parents: [.sample("public", section: "https")]), Gateway.sample()]
    )
    #expect(
      found == [
        "HTTPRoute shop/cart is attached to listener https of "
          + "Gateway.gateway.networking.k8s.io shop/public, which has none such"
      ]
    )
  }

  @Test func aKubeletThatComesBackIsSilentNoLonger() throws {
    let check = try #require(Catalogue.check("unhealthy/node-silent"))
    var inspector = Inspector(cluster: "test", checks: [check])
    var graph = FixtureWorld([Node.sample(), Lease.sample(renewed: .noon)]).graph()
    _ = inspector.inspect(graph.allHandles, in: graph, at: .noon, watchedFromStart: false)
    #expect(inspector.advance(to: .noon + .seconds(39), in: graph).raised.isEmpty)
    #expect(inspector.advance(to: .noon + .seconds(41), in: graph).raised.count == 1)

    let back = Timestamp.noon + .seconds(60)
    var touched: HandleSet = []
    graph.time = back
    graph.upsert(ObjectSnapshot(Lease.sample(renewed: back), version: "2"), touching: &touched)
    let delta = inspector.inspect(touched, in: graph, at: back, watchedFromStart: true)
    #expect(delta.resolved.count == 1)
  }
}
