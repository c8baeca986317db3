import KubernetesObjects

/// What of a cluster is inspected here: the shards of its namespaces that are held.
///
/// A namespace belongs to the shard that the 64-bit FNV-1a hash of its name gives, modulo how many there are:
/// whoever knows the name knows the shard, without a table that all would have to agree on. What belongs to
/// no namespace, and what is seen only by looking across them, belongs to shard 0.
package struct Coverage: Sendable, Hashable {
  /// All that there is.
  package static let everything = Coverage(of: 1, holding: [0])

  /// Into how many shards the namespaces are divided.
  package let count: Int
  /// Those that are held, each below ``count``.
  package var shards: Set<Int>

  package init(of count: Int, holding shards: Set<Int>) {
    precondition(
      count > 0 && shards.allSatisfy { (0..<count).contains($0) },
      "There is no such shard."
    )
    self.count = count
    self.shards = shards
  }

  package var isEverything: Bool { shards.count == count }

  /// Whether what belongs to no namespace alone is inspected.
  package var includesCluster: Bool { shards.contains(0) }

  package func includes(namespace: String) -> Bool {
    isEverything || shards.contains(shard(of: namespace))
  }

  /// The shard of a namespace.
  package func shard(of namespace: String) -> Int {
    guard count > 1, !namespace.isEmpty else { return 0 }
    return Int(StableHash(namespace).value % UInt64(count))
  }

  /// The shard to which it belongs what a check that reaches so far says of an object whose home is
  /// `namespace`.
  func shard(of namespace: String, _ reach: CheckReach) -> Int {
    reach == .namespace ? shard(of: namespace) : 0
  }
}

/// How far apart the objects may be that decide what a check says.
package enum CheckReach: Sendable {
  /// Anywhere; which is so of each check that does not say otherwise.
  case cluster
  /// In the namespace of the subject, besides those that are in none. Of a subject that is in none it is as
  /// with ``cluster``.
  case namespace
}
