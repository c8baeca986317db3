import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

@Suite struct HandleTableTests {
  @Test func afterAnyInsertionsAndRemovalsWhatIsThereIsFound() {
    var random = SeededGenerator(seed: 5)
    var table = HandleTable()
    var vertices: [Vertex] = []
    var present: Set<Int> = []
    let kind = KindIndex(number: 0)
    for number in 0..<400 {
      vertices.append(Vertex(.object(kind, NamespaceIndex(number: 1), name: "pod-\(number)")))
    }
    for _ in 0..<20_000 {
      let number = Int.random(in: vertices.indices, using: &random)
      let name = vertices[number].name
      if present.remove(number) != nil {
        table.remove(Handle(number), hash: name.tableHash, in: vertices)
      } else {
        table.insert(Handle(number), hash: name.tableHash, in: vertices)
        present.insert(number)
      }
    }
    #expect(table.count == present.count)
    for (number, vertex) in vertices.enumerated() {
      let found = table.first(named: vertex.name, hash: vertex.name.tableHash, in: vertices)
      #expect(found == (present.contains(number) ? Handle(number) : nil))
    }
    var all: Set<Int> = []
    table.forEach { all.insert($0.position) }
    #expect(all == present)
  }
}
