import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct EdgeStoreTests {
  private func edges(_ count: Int, using random: inout SeededGenerator) -> [Edge] {
    (0..<count).map { _ in
      Edge(
        relation: .node,
        isOptional: Bool.random(using: &random),
        target: Handle(Int.random(in: 0..<1000, using: &random))
      )
    }
  }

  @Test func afterAnyChangesEachObjectHasItsOwnEdges() {
    var random = SeededGenerator(seed: 7)
    var store = EdgeStore()
    var expected: [[Edge]] = []
    for _ in 0..<100 {
      store.append()
      expected.append([])
    }
    for _ in 0..<20_000 {
      let position = Int.random(in: expected.indices, using: &random)
      let count = Int.random(in: 0...5, using: &random)
      let many = Int.random(in: 0...60, using: &random)
      expected[position] = edges(count == 5 ? many : count, using: &random)
      store.set(expected[position], at: position)
    }
    for (position, edges) in expected.enumerated() { #expect(Array(store[position]) == edges) }
  }

  @Test func whatIsLeftFreeIsUsedAgain() {
    var random = SeededGenerator(seed: 8)
    var store = EdgeStore()
    for _ in 0..<100 { store.append() }
    let sizes = [0, 3, 7, 9, 13, 40, 41]
    func fill() {
      for position in 0..<100 {
        store.set(edges(sizes[position % sizes.count], using: &random), at: position)
      }
    }
    fill()
    let room = store.room
    for _ in 0..<1000 {
      for position in 0..<100 { store.set([], at: position) }
      fill()
    }
    #expect(store.room == room)
  }
}
