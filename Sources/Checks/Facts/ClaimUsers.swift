import ClusterGraph
import Inspection
import KubernetesObjects

/// The Nodes on which live Pods mount a claim; its volume reads it.
struct ClaimUsers: DerivedFact {
  static let readers: [Relation] = [.claim]
  let nodes: Set<String>

  init(of claim: PersistentVolumeClaim, in cluster: ClusterView) {
    nodes = Set(
      cluster.referrers(over: .mount).compactMap { user in
        guard let pod = user.presence.record as? Pod, !pod.isFinished else { return nil }
        return pod.nodeName
      }
    )
  }
}
