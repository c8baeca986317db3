import Foundation
package import KubernetesClient
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

  /// The name of a shard's Lease: `kpatrol-shard-0-of-3`.
  func name(of shard: Int, _ count: Int) -> String { "\(prefix)-\(shard)-of-\(count)" }
}
