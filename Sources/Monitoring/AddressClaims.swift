import ClusterGraph
import KubernetesObjects

/// What one cluster tells others of its Pods' addresses in the networks that they share.
struct AddressClaims: Sendable {
  /// How the addresses differ that Pods of the cluster have.
  struct Changes: Sendable, Equatable {
    var claimed: Set<IPAddress> = []
    var released: Set<IPAddress> = []
    /// Addresses of which others know, and at which something has changed.
    var changed: Set<IPAddress> = []

    var all: Set<IPAddress> { claimed.union(released).union(changed) }
  }

  private let ranges: [IPPrefix]
  /// What others know of.
  private var told: Set<IPAddress> = []
  private var touched: Set<IPAddress> = []
  /// Addresses that Pods of other clusters have, too.
  var shared: Set<IPAddress> = []
  /// Those Pods.
  var foreign: [IPAddress: [ForeignPod]] = [:]

  init(in ranges: [IPPrefix]) { self.ranges = ranges }

  /// Notes those of the touched vertices that are addresses of a shared network.
  mutating func note(_ handles: HandleSet, in graph: ClusterGraph) {
    guard !ranges.isEmpty else { return }
    for handle in handles {
      guard case .address(let address)? = graph.id(of: handle),
        ranges.contains(where: { $0.contains(address) })
      else { continue }
      touched.insert(address)
    }
  }

  /// What others have to be told now.
  ///
  /// While it is not known which Pods there are, nothing is claimed.
  mutating func takeChanges(in graph: ClusterGraph) -> Changes {
    var changes = Changes()
    if case .unknown = graph.knowledge(of: Pod.kind) {
      changes.released = told
      touched.formUnion(told)
      told = []
      return changes
    }
    for address in touched {
      let handle = graph.handle(of: .address(address))
      let isClaimed = handle.map { graph.hasReferrer($0, over: .address) } ?? false
      if isClaimed, told.insert(address).inserted {
        changes.claimed.insert(address)
      } else if !isClaimed, told.remove(address) != nil {
        changes.released.insert(address)
      } else if isClaimed, shared.contains(address) {
        changes.changed.insert(address)
      }
    }
    touched = []
    return changes
  }
}
