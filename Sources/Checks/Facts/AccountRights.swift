import ClusterGraph
import Inspection
import KubernetesObjects

/// Whether anybody gives a ServiceAccount a role, for those that run as it.
struct AccountRights: DerivedFact {
  static let readers: [Relation] = [.serviceAccount]

  let isBound: Bool

  init(of account: ServiceAccount, in cluster: ClusterView) {
    isBound = cluster.hasReferrer(over: .subject)
  }
}
