import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct EdgeSetTests {
  private struct Edge: Hashable {
    let relation: Relation
    let source: Handle
  }

  @Test(arguments: [8, 60])
  func edgesOfAHubComeAndGo(range: Int) {
    var edges = EdgeSet()
    var reference: Set<Edge> = []
    var random = SeededGenerator(seed: 9)
    for _ in 0..<5_000 {
      let relation = [Relation.node, .owner, .selection][Int.random(in: 0..<3, using: &random)]
      let source = Handle(Int.random(in: 0..<range, using: &random))
      let edge = Edge(relation: relation, source: source)
      if reference.remove(edge) != nil {
        edges.remove(relation, from: source)
      } else {
        edges.insert(relation, from: source)
        edges.insert(relation, from: source)
        reference.insert(edge)
      }
      var seen: [Edge] = []
      edges.forEach { seen.append(Edge(relation: $0, source: $1)) }
      #expect(seen.count == reference.count)
      #expect(Set(seen) == reference)
      #expect(edges.count == reference.count)
      #expect(edges.isEmpty == reference.isEmpty)
      #expect(edges.contains(relation) == reference.contains { $0.relation == relation })
      #expect(edges.contains(relation) { $0 == source } == reference.contains(edge))
    }
  }
}
