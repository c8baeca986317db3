import ClusterGraph
import Inspection
import KubernetesObjects

@testable import Monitoring

/// What a monitor knows, beside what one would know that begins now.
extension ClusterMonitor {
  /// The objects of a resource, by their keys.
  func objects(
    of plural: String
  ) -> [ObjectKey: (record: any ObjectRecord, version: String)] {
    let kind = resources.values.first { $0.qualifiedPlural == plural }?.kind
    return (kind.map(graph.keys) ?? []).reduce(into: [:]) { objects, key in
      guard let record = graph.record(key) else { return }
      objects[key] = (record, graph.resourceVersion(key))
    }
  }

  /// What holds, settled or not, by this inspector and by one that begins now.
  func conditionsAndFreshConditions() -> (Set<String>, Set<String>) {
    inspectDirty()
    var fresh = Inspector(cluster: name, checks: options.checks)
    _ = fresh.inspect(graph.allHandles, in: graph, at: clock.now(), watchedFromStart: false)
    func conditions(_ inspector: Inspector) -> Set<String> {
      Set((inspector.findings + inspector.suspects).map { "\($0.id) \($0.message)" })
    }
    return (conditions(inspector), conditions(fresh))
  }

  /// The vertices of this graph, and of one that was given the same objects at once.
  func vertexCounts() -> (Int, Int) {
    inspectDirty()
    var fresh = ClusterGraph()
    var touched: HandleSet = []
    for kind in Set(streams.keys.map(\.kind)) {
      let snapshots = graph.keys(of: kind).compactMap { key in
        graph.record(key).map { ObjectSnapshot(record: $0, version: ObjectVersion()) }
      }
      fresh.replace(kind, with: snapshots, touching: &touched)
    }
    // What the server says of itself is in no list.
    return (graph.vertexCount - graph.count(of: ClusterRecord.kind), fresh.vertexCount)
  }
}
