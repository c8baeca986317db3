import KubernetesObjects

/// The number of a kind within its graph.
struct KindIndex: Hashable, Sendable {
  let number: UInt16

  var position: Int { Int(number) }
}

/// A ``VertexID`` as a graph stores it, with the kind as a number.
enum VertexName: Hashable, Sendable {
  case object(KindIndex, namespace: String, name: String)
  case address(IPAddress)
  case shared(SharedThing, String)
  /// No vertex: its place may be taken by a new one.
  case free

  var kind: KindIndex? {
    guard case .object(let kind, _, _) = self else { return nil }
    return kind
  }
}
