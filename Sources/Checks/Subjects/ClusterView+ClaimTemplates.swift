import ClusterGraph
import Inspection
import KubernetesObjects

extension ClusterView {
  /// The StatefulSet that made a claim for one of its Pods, and the number of that Pod.
  func setMaking(_ claim: PersistentVolumeClaim) -> (set: StatefulSet, ordinal: Int)? {
    guard hasReferrer(over: .selection) else { return nil }
    for case let set as StatefulSet in referrers(over: .selection).map(\.presence.record) {
      for template in set.claimTemplates {
        let prefix = "\(template)-\(set.metadata.name)-"
        if claim.metadata.name.hasPrefix(prefix),
          let ordinal = Int(claim.metadata.name.dropFirst(prefix.count)), ordinal >= 0
        {
          return (set, ordinal)
        }
      }
    }
    return nil
  }
}
