import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import WireFormats

/// The graph of a big cluster: recorded Pods under other names, a Node to ten of them.
enum BigGraph {
  private static let pageSize = 500

  static func make(podCount: Int) throws -> ClusterGraph {
    let decoder = ObjectDecoder()
    let recorded = RecordedPods()
    var graph = ClusterGraph()
    var touched: Set<Handle> = []
    let nodes = (0..<podCount / 10).map { ObjectSnapshot(Node.sample("node-\($0)")) }
    graph.replace(Node.kind, with: nodes, touching: &touched)
    for first in stride(from: 0, to: podCount, by: pageSize) {
      let pods = try recorded.objects(in: first..<first + pageSize, nodes: podCount / 10)
      let list = JSONValue.object(["items": .array(pods)]).encoded()
      let page = try ListPage(decoding: list.span.bytes, of: .pods, decoder: decoder)
      for pod in page.objects { graph.upsert(pod, touching: &touched) }
      touched = []
    }
    graph.setKnowledge(of: Pod.kind, to: .known, touching: &touched)
    precondition(graph.count(of: Pod.kind) == podCount, "Every Pod is in the graph.")
    return graph
  }
}
