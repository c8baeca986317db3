import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct ObjectRowsTests {
  private static let orders: [RowQuery.Order] = [.name, .newestFirst, .oldestFirst]

  private static func pod(_ random: inout SeededGenerator) -> Pod {
    var pod = Pod.sample(
      "pod-\(Int.random(in: 0..<30, using: &random))",
      namespace: ["shop", "payments"].randomElement(using: &random) ?? "",
      created: .noon + .seconds(Int.random(in: 0..<5, using: &random))
    )
    pod.metadata.labels = ["app": ["cart", "web"].randomElement(using: &random) ?? ""]
    return pod
  }

  @Test("After any changes the rows are those of a new query", arguments: 1...60)
  func differential(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var graph = ClusterGraph()
    let query = RowQuery(
      Pod.kind,
      namespace: [nil, "shop"].randomElement(using: &random) ?? nil,
      order: Self.orders.randomElement(using: &random) ?? .name,
      filter: TextFilter(["", "1", "CART", "app=web", "shop/pod-2"].randomElement(using: &random)!)
    )
    var rows = ObjectRows(query, in: graph)
    for _ in 0..<60 {
      var touched: HandleSet = []
      for _ in 0..<3 {
        let pod = Self.pod(&random)
        if Int.random(in: 0..<3, using: &random) == 0 {
          graph.remove(pod.key, touching: &touched)
        } else {
          graph.upsert(ObjectSnapshot(pod), touching: &touched)
        }
      }
      rows.update(touched, in: graph)
      graph.freeUnusedVertices()
      let fresh = ObjectRows(query, in: graph)
      #expect(Array(rows.handles(at: 0..<99)) == Array(fresh.handles(at: 0..<99)))
      for (position, handle) in rows.handles(at: 0..<99).enumerated() {
        #expect(rows.position(of: handle) == position)
      }
    }
  }

  @Test func aFilterThatIsTypedOnAndTakenBackShowsWhatItSays() {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for name in ["cart-1", "cart-2", "web-1", "Web-22"] {
      graph.upsert(ObjectSnapshot(Pod.sample(name)), touching: &touched)
    }
    var rows = ObjectRows(RowQuery(Pod.kind), in: graph)
    var shown: [Int] = []
    for text in ["w", "we", "web-2", "web", "", "cart", "shop/c", "hop/x", "node"] {
      rows.setFilter(TextFilter(text), in: graph)
      shown.append(rows.count)
    }
    #expect(shown == [2, 2, 1, 2, 4, 2, 2, 0, 0])
  }

  @Test func positionsBeyondTheEndAreLeftOut() {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    graph.upsert(ObjectSnapshot(Pod.sample("a")), touching: &touched)
    let rows = ObjectRows(RowQuery(Pod.kind), in: graph)
    #expect(rows.handles(at: 0..<10).count == 1)
    #expect(rows.handles(at: 5..<10).isEmpty)
    #expect(ObjectRows(RowQuery(Node.kind), in: graph).count == 0)
  }
}
