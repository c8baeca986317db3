import ClusterGraph
import KubernetesObjects
import ObjectBuilders

/// The graph of a big cluster: recorded Pods under other names, a Node to ten of them.
enum BigGraph {
  /// How many Pods are JSON at once.
  static let pageSize = 500

  /// `projection` says what is kept of Pods besides their records.
  static func make(
    podCount: Int,
    keeping projection: FieldProjection? = nil
  ) throws -> ClusterGraph {
    let recorded = try RecordedPods()
    var graph = ClusterGraph()
    var pool = SharingPool()
    var touched: HandleSet = []
    let nodes = (0..<podCount / 10).map { ObjectSnapshot(Node.sample("node-\($0)")) }
    graph.replace(Node.kind, with: nodes, touching: &touched)
    for first in stride(from: 0, to: podCount, by: pageSize) {
      let page = first..<min(first + pageSize, podCount)
      let pods = try recorded.records(
        in: page,
        nodes: podCount / 10,
        keeping: projection,
        sharing: &pool
      )
      for pod in pods {
        graph.upsert(pod, touching: &touched)
      }
      touched = []
    }
    graph.setKnowledge(of: Pod.kind, to: .known, touching: &touched)
    precondition(graph.count(of: Pod.kind) == podCount, "Every Pod is in the graph.")
    return graph
  }
}
