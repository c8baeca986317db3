package import KubernetesObjects

/// What names a finding, the same after a restart and on every screen.
///
/// Made of cluster, check, subject and, where one subject can have several, a discriminator.
package struct FindingID: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let hash: UInt64

  package init(cluster: String, check: CheckID, subject: VertexID, discriminator: String) {
    // FNV-1a over the parts, each ended by a byte that none of them can hold.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in [cluster, check.description, subject.description, discriminator] {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = hash &* 0x100_0000_01b3
    }
    self.hash = hash
  }

  /// Reads what ``description`` wrote; `nil` where that is anything else.
  package init?(_ text: String) {
    guard text.utf8.count == 16, let hash = UInt64(text, radix: 16), !text.hasPrefix("+") else {
      return nil
    }
    self.hash = hash
  }

  package static func < (left: Self, right: Self) -> Bool { left.hash < right.hash }

  /// 16 hexadecimal digits.
  package var description: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
