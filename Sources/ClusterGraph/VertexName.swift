import KubernetesObjects

/// The number of a kind within its graph.
struct KindIndex: Hashable, Sendable {
  let number: UInt16

  var position: Int { Int(number) }
}

/// A ``VertexID`` as a graph stores it, with the kind and the namespace as numbers.
enum VertexName: Hashable, Sendable {
  case object(KindIndex, NamespaceIndex, name: String)
  case address(IPAddress)
  case shared(SharedThing, String)
  /// No vertex: its place may be taken by a new one.
  case free

  var kind: KindIndex? {
    guard case .object(let kind, _, _) = self else { return nil }
    return kind
  }
}

extension VertexName {
  /// What a table finds the vertex by: sooner made than Swift's, and as hard to foresee for those who
  /// name objects.
  var tableHash: Int {
    var hash = NameHash()
    switch self {
    case .object(let kind, let namespace, let name):
      hash.combine(UInt64(kind.number) << 32 | UInt64(namespace.number))
      hash.combine(name)
    case .address(let address): hash.combine(UInt64(truncatingIfNeeded: address.hashValue))
    case .shared(let thing, let name):
      hash.combine(UInt64(thing.rawValue) << 48)
      hash.combine(name)
    case .free: break
    }
    return hash.value
  }
}

/// A hash over words: each is mixed in by a multiplication whose two halves are folded.
private struct NameHash {
  private static let seed = UInt64.random(in: .min ... .max)
  private static var factor: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  private var state = seed

  var value: Int { Int(truncatingIfNeeded: state) }

  mutating func combine(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: Self.factor)
    state = product.high ^ product.low
  }

  mutating func combine(_ text: String) {
    let bytes = text.utf8Span.span.bytes
    var offset = 0
    while offset + 8 <= bytes.byteCount {
      // All eight bytes are there.
      combine(bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < bytes.byteCount {
      rest = rest << 8 | UInt64(bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self))
      offset += 1
    }
    // With the length, for texts that are each other's beginning.
    combine(rest ^ UInt64(bytes.byteCount) << 56)
  }
}
