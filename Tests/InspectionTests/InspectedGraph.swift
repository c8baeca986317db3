import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders

/// A graph and what one check finds in it, as it changes.
struct InspectedGraph {
  private(set) var graph = ClusterGraph()
  private(set) var inspector: Inspector

  init(_ check: any Check) { inspector = Inspector(cluster: "test", checks: [check]) }

  /// Changes the graph, and tells the names of those about which something is found then.
  mutating func inspect(_ change: (inout ClusterGraph, inout HandleSet) -> Void) -> [String] {
    let touched = touch(change)
    _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
    graph.freeUnusedVertices()
    return inspector.findings.map(\.subject.name).sorted()
  }

  /// Changes the graph, and inspects nothing.
  mutating func touch(_ change: (inout ClusterGraph, inout HandleSet) -> Void) -> HandleSet {
    var touched: HandleSet = []
    change(&graph, &touched)
    return touched
  }
}
