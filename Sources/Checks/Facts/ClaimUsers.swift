import Inspection
import KubernetesObjects

/// The Pods that have a claim's volume mounted; none where it is no more than one, which is no
/// conflict.
struct ClaimUsers: DerivedFact {
  struct User: Equatable, Sendable {
    let pod: ObjectKey
    let node: String
  }

  static let readers: [Relation] = [.claim]

  /// In the order of their keys.
  let users: [User]

  init(of claim: PersistentVolumeClaim, in cluster: ClusterView) {
    guard cluster.referrerCount(over: .mount, kind: Pod.kind) > 1 else {
      users = []
      return
    }
    // A Pod that is not running has not got the volume yet, or no longer.
    let running = cluster.referrers(Pod.self, over: .mount).filter { $0.phase == .running }
    users = running.count > 1 ? running.map { User(pod: $0.key, node: $0.nodeName) } : []
  }
}
