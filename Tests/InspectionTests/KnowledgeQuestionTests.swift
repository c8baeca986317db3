import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// Finds Services that select nothing, if it is known what there is to select.
private struct Selecting: Check {
  let id: CheckID = "dangling/selecting"
  let title = "Selecting"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Service.kind]
  let explanation = ""

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard !cluster.selects(where: { _ in true }), cluster.isKnown(Pod.kind, in: "shop") else {
      return []
    }
    return [Observation("nothing")]
  }
}

/// Whoever asked whether a kind is known is inspected again when the answer changes.
@Suite struct KnowledgeQuestionTests {
  private var graph = ClusterGraph()
  private var inspector = Inspector(cluster: "test", checks: [Selecting()])

  private mutating func inspect(
    _ change: (inout ClusterGraph, inout HandleSet) -> Void
  ) -> [String] {
    var touched: HandleSet = []
    change(&graph, &touched)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    return inspector.findings.map(\.subject.name)
  }

  private mutating func know(_ knowledge: Knowledge) -> [String] {
    inspect { $0.setKnowledge(of: Pod.kind, to: knowledge, touching: &$1) }
  }

  @Test mutating func anAnswerThatChangesIsHeard() {
    var service = Service(metadata: .sample("cart", namespace: "shop"))
    service.selector = ["app": "cart"]
    #expect(inspect { $0.upsert(ObjectSnapshot(service), touching: &$1) }.isEmpty)
    #expect(know(.known) == ["shop/cart"])
    #expect(know(.unknown("gone")).isEmpty)
    #expect(know(.knownIn(namespaces: ["shop"])) == ["shop/cart"])
    #expect(know(.knownIn(namespaces: ["payments"])).isEmpty)
    #expect(inspector.mayBeOutdated(in: graph) == false)
    var touched: HandleSet = []
    graph.setKnowledge(of: Pod.kind, to: .known, touching: &touched)
    #expect(touched.isEmpty && inspector.mayBeOutdated(in: graph))
  }
}
