import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

@Suite struct CausesTests {
  /// What there is to find about some objects, all of it settled.
  private func findings(_ records: [any ObjectRecord]) -> ([Finding], ClusterGraph) {
    var graph = ClusterGraph()
    var touched: Set<Handle> = []
    for kind in Set(records.map(\.kind)).union([Node.kind, Pod.kind, Namespace.kind]) {
      let snapshots = records.filter { $0.kind == kind }.map { ObjectSnapshot($0) }
      graph.replace(kind, with: snapshots, touching: &touched)
    }
    var inspector = Inspector(cluster: "test", checks: Catalogue.checks)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    _ = inspector.advance(to: .noon + .seconds(7 * 86_400), in: graph)
    return (inspector.findings, graph)
  }

  @Test func aLostNodeExplainsItsPods() throws {
    let (findings, graph) = findings([
      Node.sample("node-1", ready: .unknown),
      Node.sample("node-2", ready: .isTrue),
      Pod.sample("a", node: "node-1", deleted: .noon),
      Pod.sample("b", node: "node-1", deleted: .noon),
      Pod.sample("c", node: "node-2", deleted: .noon),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let node = try #require(findings.first { $0.check == "unhealthy/node-not-ready" })
    let explained = findings.filter { causes.root(of: $0.id) == node.id }
    #expect(Set(explained.map(\.subject.name)) == ["shop/a", "shop/b"])
    #expect(causes.consequences(of: node.id) == 2)
    #expect(causes.root(of: node.id) == nil)
  }

  @Test func whatIsStuckInANamespaceExplainsThatTheNamespaceIsStuck() throws {
    let (findings, graph) = findings([
      Namespace(metadata: .sample("shop", deleted: .noon)),
      Node.sample("node-1", ready: .isTrue),
      Pod.sample("a", deleted: .noon),
      Pod.sample("b", namespace: "payments", deleted: .noon),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let namespace = try #require(findings.first { $0.subject.kindName == "Namespace" })
    let holder = try #require(findings.first { $0.subject.name == "shop/a" })
    #expect(causes.causes == [namespace.id: holder.id])
  }

  @Test func aTerminatingNamespaceExplainsWhatElseIsWrongInIt() throws {
    let (findings, graph) = findings([
      Namespace(metadata: .sample("shop", deleted: .noon)),
      ResourceQuota.sample(used: ["pods": "10"], hard: ["pods": "10"]),
    ])
    let causes = Causes(findings, checks: Catalogue.checks, in: graph)
    let namespace = try #require(findings.first { $0.subject.kindName == "Namespace" })
    let quota = try #require(findings.first { $0.check == "risk/quota" })
    #expect(causes.causes == [quota.id: namespace.id])
  }
}
