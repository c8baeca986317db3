package import KubernetesObjects

/// What names a finding, the same after a restart and on every screen.
///
/// Made of cluster, check, subject and, where one subject can have several, a discriminator.
package struct FindingID: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let hash: UInt64

  package init(cluster: String, check: CheckID, subject: VertexID, discriminator: String) {
    var hash = StableHash()
    for part in [cluster, check.description, subject.description, discriminator] {
      hash.add(part: part)
    }
    self.hash = hash.value
  }

  /// Reads what ``description`` wrote; `nil` where that is anything else.
  package init?(_ text: String) {
    guard let hash = StableHash.value(of: text) else { return nil }
    self.hash = hash
  }

  package static func < (left: Self, right: Self) -> Bool { left.hash < right.hash }

  /// 16 hexadecimal digits.
  package var description: String { StableHash.text(of: hash) }
}
