package import KubernetesObjects

/// What names a finding, the same after a restart and on every screen.
///
/// Made of cluster, check, subject and, where one subject can have several, a discriminator.
package struct FindingID: Hashable, Sendable, CustomStringConvertible {
  /// 16 hexadecimal digits.
  package let description: String

  package init(cluster: String, check: CheckID, subject: VertexID, discriminator: String) {
    // FNV-1a over the parts, each ended by a byte that none of them can hold.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in [cluster, check.description, subject.description, discriminator] {
      for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    let digits = String(hash, radix: 16)
    description = String(repeating: "0", count: 16 - digits.count) + digits
  }
}
