import Inspection
import KubernetesObjects

/// A controller that makes Pods by a selector, of whichever kind.
struct PodController: InspectionSubject {
  static let scope = SubjectScope.kinds([
    Deployment.kind, StatefulSet.kind, DaemonSet.kind, ReplicaSet.kind,
  ])

  let record: any ObjectRecord
  let selector: LabelSelector
  /// Whether it shall have any Pod at all.
  let wantsPods: Bool

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let deployment as Deployment:
      (self.record, selector) = (deployment, deployment.selector)
      wantsPods = deployment.replicas > 0
    case let set as StatefulSet:
      (self.record, selector) = (set, set.selector)
      wantsPods = set.replicas > 0
    case let set as DaemonSet:
      (self.record, selector) = (set, set.selector)
      wantsPods = true
    case let set as ReplicaSet:
      (self.record, selector) = (set, set.selector)
      wantsPods = set.replicas > 0
    default: return nil
    }
  }

  var id: VertexID { .object(record.key) }

  /// The owners that its Pods may have; none where that cannot be said.
  func controllers(in cluster: ClusterView) -> Set<ObjectUID> {
    guard let deployment = record as? Deployment else { return [record.metadata.uid] }
    // A Deployment has its Pods through ReplicaSets.
    let sets = cluster.referrers(ReplicaSet.self, over: .owner)
    return Set(
      sets.map(\.metadata).filter { $0.controller?.uid == deployment.metadata.uid }.map(\.uid)
    )
  }
}
