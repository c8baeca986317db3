/// Which part of a cluster's namespaces is one agent's own.
package struct Shard: Sendable, Equatable {
  /// So many Leases are looked after every few seconds.
  private static let limit = 64

  package let index: Int
  package let count: Int

  /// Reads `1/3`: the second of three.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...Self.limit).contains(count), (0..<count).contains(index)
    else { return nil }
    self.index = index
    self.count = count
  }
}
