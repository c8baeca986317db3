import ClusterGraph
import Inspection
import KubernetesObjects

/// Whether a NetworkPolicy is for any Pod that is there.
struct PolicyCoverage: DerivedFact {
  static let readingTargets: [Relation] = [.isolation]

  let selectsAny: Bool

  init(of policy: NetworkPolicy, in cluster: ClusterView) {
    selectsAny = cluster.selects { _ in true }
  }
}
