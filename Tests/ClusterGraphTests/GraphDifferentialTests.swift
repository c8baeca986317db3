import ClusterGraph
import Foundation
import KubernetesObjects
import ObjectBuilders
import Testing

/// After any sequence of changes, the edges are those of a graph that was built at once from what
/// is there; and whatever differs along a vertex's edges has touched it.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter GraphDifferentialTests`.
@Suite struct GraphDifferentialTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...200)

  @Test("Edges are those of a fresh graph", arguments: seeds)
  func edges(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var graph = ClusterGraph()
    var objects: [ObjectKey: any ObjectRecord] = [:]
    for step in 0..<80 {
      let before = Self.edges(of: graph)
      var touched: HandleSet = []
      let record = Self.record(&random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6:
        objects[record.key] = record
        graph.upsert(ObjectSnapshot(record), touching: &touched)
      case 6..<9:
        objects[record.key] = nil
        graph.remove(record.key, touching: &touched)
      default:
        let list = (0..<4).map { _ in Self.record(&random) }.filter { $0.kind == record.kind }
        for key in objects.keys where key.kind == record.kind { objects[key] = nil }
        for record in list { objects[record.key] = record }
        graph.replace(record.kind, with: list.map { ObjectSnapshot($0) }, touching: &touched)
      }
      let names = Set(touched.compactMap { graph.id(of: $0) })
      graph.freeUnusedVertices()

      var fresh = ClusterGraph()
      for record in objects.values.shuffled(using: &random) {
        var ignored: HandleSet = []
        fresh.upsert(ObjectSnapshot(record), touching: &ignored)
      }
      let after = Self.edges(of: graph)
      #expect(after == Self.edges(of: fresh), "step \(step)")
      for id in Set(before.keys).union(after.keys) where before[id] != after[id] {
        #expect(names.contains(id), "\(id) was not touched in step \(step)")
      }
    }
  }

  /// The edges of each vertex, both ways.
  private static func edges(of graph: ClusterGraph) -> [VertexID: Set<String>] {
    var edges: [VertexID: Set<String>] = [:]
    for handle in graph.allHandles {
      guard let id = graph.id(of: handle) else { continue }
      let neighbours = graph.targets(of: handle) + graph.referrers(of: handle)
      edges[id] = Set(neighbours.map { "\($0.phrase) \($0.id)" })
    }
    return edges
  }

  private static func record(_ random: inout SeededGenerator) -> any ObjectRecord {
    let namespace = ["shop", "payments"].randomElement(using: &random) ?? ""
    if Bool.random(using: &random) {
      var pod = Pod.sample("pod-\(Int.random(in: 0..<5, using: &random))", namespace: namespace)
      pod.metadata.labels = labels(&random)
      return pod
    }
    var service = Service(
      metadata: .sample("service-\(Int.random(in: 0..<4, using: &random))", namespace: namespace)
    )
    service.selector = labels(&random)
    return service
  }

  private static func labels(_ random: inout SeededGenerator) -> Labels {
    var labels = Labels()
    for key in ["app", "tier", "track"] where Bool.random(using: &random) {
      labels[key] = ["a", "b"].randomElement(using: &random)
    }
    return labels
  }
}
