import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct ObjectRowsTests {
  private static let orders: [RowQuery.Order] = [
    .namespace, .name, .age, .weight, .column("STATUS"),
  ]

  private static func pod(_ random: inout SeededGenerator) -> Pod {
    var pod = Pod.sample(
      "pod-\(Int.random(in: 0..<30, using: &random))",
      namespace: ["shop", "payments"].randomElement(using: &random) ?? "",
      created: .noon + .seconds(Int.random(in: 0..<5, using: &random))
    )
    pod.metadata.labels = ["app": ["cart", "web"].randomElement(using: &random) ?? ""]
    return pod
  }

  /// Up to two terms of every sort.
  private static func filter(using random: inout SeededGenerator) -> FilterExpression {
    let texts = [
      "", "1", "CART", "app=web", "shop/pod-2", "pod-2", "!pod-1", "!pod", "ns:sho", "!label:cart",
      "-l app=web", "-f p2", "^pod-1", "!cart|5$", "cluster:x",
    ]
    let text = [texts.randomElement(using: &random), texts.randomElement(using: &random)]
      .compactMap(\.self).joined(separator: " ")
    return (try? FilterExpression(parsing: text, columns: RowQuery.filterColumns))
      ?? FilterExpression()
  }

  @Test("After any changes the rows are those of a new query", arguments: 1...60)
  func differential(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var graph = ClusterGraph()
    let query = RowQuery(
      Pod.kind,
      namespace: [nil, "shop"].randomElement(using: &random) ?? nil,
      selector: [nil, LabelSelector(["app": "web"])].randomElement(using: &random) ?? nil,
      order: Self.orders.randomElement(using: &random) ?? .name,
      isReversed: .random(using: &random),
      onlyWeighted: Int.random(in: 0..<4, using: &random) == 0,
      filter: Self.filter(using: &random)
    )
    var ranks: [Handle: Int64]? = [:]
    for _ in 0..<20 {
      var touched: HandleSet = []
      let handle = graph.upsert(ObjectSnapshot(Self.pod(&random)), touching: &touched)
      ranks?[handle] = Int64.random(in: 0..<5, using: &random)
    }
    var rows = ObjectRows(query, ranks: ranks, in: graph)
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
      let weighted = graph.handles(of: Pod.kind).filter { _ in .random(using: &random) }
      rows.setWeights(
        Dictionary(
          uniqueKeysWithValues: weighted.map { ($0, .random(in: 0..<3, using: &random)) }
        ),
        in: graph
      )
      let fresh = ObjectRows(query, weights: rows.weights, ranks: rows.ranks, in: graph)
      #expect(Array(rows.handles(at: 0..<99)) == Array(fresh.handles(at: 0..<99)))
      for (position, handle) in rows.handles(at: 0..<99).enumerated() {
        #expect(rows.position(of: handle) == position)
        let place = rows.place(of: handle, in: graph)
        #expect(rows.count(before: place, including: false, in: graph) == position)
        #expect(rows.count(before: place, including: true, in: graph) == position + 1)
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
      rows.setFilter(FilterExpression(text: text), in: graph)
      shown.append(rows.count)
    }
    #expect(shown == [2, 2, 1, 2, 4, 2, 2, 0, 0])
  }

  @Test("After any filter the rows are those of a new query", arguments: 1...100)
  func filtersInAnyOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for _ in 0..<30 { graph.upsert(ObjectSnapshot(Self.pod(&random)), touching: &touched) }
    var rows = ObjectRows(RowQuery(Pod.kind), in: graph)
    for _ in 0..<20 {
      let filter = Self.filter(using: &random)
      rows.setFilter(filter, in: graph)
      let fresh = ObjectRows(RowQuery(Pod.kind, filter: filter), in: graph)
      #expect(Array(rows.handles(at: 0..<99)) == Array(fresh.handles(at: 0..<99)))
    }
  }

  @Test func eachOrderPutsFirstWhatItSays() {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    let names = [("b", "shop", 3), ("a", "shop", 1), ("c", "bank", 2)]
    let handles = names.map { name, namespace, age in
      let created = Timestamp.noon - .seconds(age)
      let pod = Pod.sample(name, namespace: namespace, created: created)
      return graph.upsert(ObjectSnapshot(pod), touching: &touched)
    }
    func shown(_ order: RowQuery.Order, reversed: Bool = false) -> String {
      let rows = ObjectRows(
        RowQuery(Pod.kind, order: order, isReversed: reversed),
        weights: [handles[2]: 5, handles[0]: 9],
        ranks: [handles[1]: 0, handles[2]: 1],
        in: graph
      )
      return rows.handles(at: 0..<3).compactMap { graph.names(of: $0)?.name }.joined()
    }
    #expect(shown(.namespace) == "cab" && shown(.namespace, reversed: true) == "bac")
    #expect(shown(.name) == "abc" && shown(.name, reversed: true) == "cba")
    #expect(shown(.age) == "acb" && shown(.age, reversed: true) == "bca")
    #expect(shown(.weight) == "bca")
    #expect(shown(.column("X")) == "acb")
    #expect(shown(.column("X"), reversed: true) == "cab", "What has no rank comes last.")
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
