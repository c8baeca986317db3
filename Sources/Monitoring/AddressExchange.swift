import KubernetesObjects
import NameMatching
import UserConfiguration

/// Which clusters have Pods at which addresses of the networks that they share.
///
/// Nothing is kept but the addresses; clusters are known by their places among all.
struct AddressExchange: Sendable {
  private struct Scope: Sendable {
    let ranges: [IPPrefix]
    let clusters: Set<Int>
  }

  private var scopes: [Scope]
  private var claimed: [Int: Set<IPAddress>] = [:]

  /// A scope with one cluster is none: there is nobody to share it with.
  init(_ scopes: [AddressScope], among names: [String]) {
    self.scopes = scopes.compactMap { scope in
      let clusters = names.indices.filter { index in
        scope.contexts.contains { $0.matches(names[index]) }
      }
      return clusters.count > 1 ? Scope(ranges: scope.cidrs, clusters: Set(clusters)) : nil
    }
  }

  var isEmpty: Bool { scopes.isEmpty }

  /// The ranges that a cluster shares with others.
  func ranges(ofCluster cluster: Int) -> [IPPrefix] {
    scopes.filter { $0.clusters.contains(cluster) }.flatMap(\.ranges)
  }

  mutating func take(_ changes: AddressClaims.Changes, ofCluster cluster: Int) {
    claimed[cluster, default: []].formUnion(changes.claimed)
    claimed[cluster]?.subtract(changes.released)
  }

  /// The clusters that share the network of an address with `cluster`, itself included.
  func neighbours(ofCluster cluster: Int, at address: IPAddress) -> Set<Int> {
    scopes.filter { scope in
      scope.clusters.contains(cluster) && scope.ranges.contains { $0.contains(address) }
    }.reduce(into: []) { $0.formUnion($1.clusters) }
  }

  /// Those of `clusters` that have a Pod at the address.
  func claimants(of address: IPAddress, among clusters: Set<Int>) -> Set<Int> {
    clusters.filter { claimed[$0]?.contains(address) == true }
  }
}
