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
  private var world = InspectedGraph(Selecting())

  private mutating func know(_ knowledge: Knowledge) -> [String] {
    world.inspect { $0.setKnowledge(of: Pod.kind, to: knowledge, touching: &$1) }
  }

  @Test mutating func anAnswerThatChangesIsHeard() {
    var service = Service(metadata: .sample("cart", namespace: "shop"))
    service.selector = ["app": "cart"]
    #expect(world.inspect { $0.upsert(ObjectSnapshot(service), touching: &$1) }.isEmpty)
    #expect(know(.known) == ["shop/cart"])
    #expect(know(.unknown("gone")).isEmpty)
    #expect(know(.knownIn(namespaces: ["shop"])) == ["shop/cart"])
    #expect(know(.knownIn(namespaces: ["payments"])).isEmpty)
    #expect(world.inspector.mayBeOutdated(in: world.graph) == false)
    let touched = world.touch { $0.setKnowledge(of: Pod.kind, to: .known, touching: &$1) }
    #expect(touched.isEmpty && world.inspector.mayBeOutdated(in: world.graph))
  }
}
