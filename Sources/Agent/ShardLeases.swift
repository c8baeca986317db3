import Foundation
package import KubernetesClient
import KubernetesObjects
package import LeaderElection

/// The Leases by which agents divide shards among them, one for each.
package struct ShardLeases: Sendable {
  let api: LeaseAPI
  let namespace: String
  let prefix: String
  let timing: ElectionTiming
  /// By which the others know us; the next start has another, for it knows nothing of this one's.
  let identity: String

  package init(
    _ client: KubernetesClient,
    namespace: String,
    prefix: String,
    _ timing: ElectionTiming = ElectionTiming(),
    identity: String = ProcessInfo.processInfo.hostName + "_" + UUID().uuidString.lowercased()
  ) {
    api = LeaseAPI(client, patience: timing.renewDeadline)
    self.namespace = namespace
    self.prefix = prefix
    self.timing = timing
    self.identity = identity
  }

  /// A shard's Lease: `kpatrol-shard-0-of-3`.
  func key(of shard: Int, _ count: Int) -> ObjectKey { key("\(prefix)-\(shard)-of-\(count)") }

  /// The Lease of those who divide the cluster in one way: `kpatrol-shard-division`.
  var keyOfDivision: ObjectKey { key("\(prefix)-division") }

  private func key(_ name: String) -> ObjectKey {
    ObjectKey(Lease.kind, namespace: namespace, name: name)
  }

  /// As what all agents hold it that divide the cluster into so many shards.
  static func identity(ofDivisionInto count: Int) -> String { "\(count)-shards" }
}
