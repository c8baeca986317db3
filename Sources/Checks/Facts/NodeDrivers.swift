import ClusterGraph
import Inspection
import KubernetesObjects

/// The storage drivers that run on a Node, as its CSINode tells; its attachments read it.
struct NodeDrivers: DerivedFact {
  static let readers: [Relation] = [.attachedNode]
  /// `nil` where no CSINode tells.
  let names: Set<String>?

  init(of node: Node, in cluster: ClusterView) {
    names = cluster.referrers(over: .nodeRecord)
      .compactMap { $0.presence.record as? CSINode }
      .first.map { Set($0.drivers) }
  }
}
