import KubernetesObjects

/// The edges that end in a vertex: few for most vertices, 100,000 for some.
///
/// A short list is a plain array; past `limit` it becomes a set, so that adding and removing one
/// edge of a hub costs the same as anywhere.
struct EdgeSet: Sendable {
  private enum Storage {
    case few([UInt64])
    case many(Set<UInt64>)
  }

  private static let limit = 24
  private var storage = Storage.few([])

  var isEmpty: Bool {
    switch storage {
    case .few(let edges): edges.isEmpty
    case .many(let edges): edges.isEmpty
    }
  }

  mutating func insert(_ relation: Relation, from source: Handle) {
    let edge = Self.pack(relation, source)
    switch storage {
    case .few(var edges):
      guard !edges.contains(edge) else { return }
      storage = .few([])  // Leaves `edges` as the only owner, so that it grows in place.
      edges.append(edge)
      storage = edges.count > Self.limit ? .many(Set(edges)) : .few(edges)
    case .many(var edges):
      storage = .few([])
      edges.insert(edge)
      storage = .many(edges)
    }
  }

  mutating func remove(_ relation: Relation, from source: Handle) {
    let edge = Self.pack(relation, source)
    switch storage {
    case .few(var edges):
      storage = .few([])
      edges.removeAll { $0 == edge }
      storage = .few(edges)
    case .many(var edges):
      storage = .few([])
      edges.remove(edge)
      storage = .many(edges)
    }
  }

  /// Whether any edge has this relation; looks no further than the first.
  func contains(_ relation: Relation) -> Bool {
    switch storage {
    case .few(let edges): edges.contains { Self.relation(of: $0) == relation }
    case .many(let edges): edges.contains { Self.relation(of: $0) == relation }
    }
  }

  func forEach(_ body: (Relation, Handle) -> Void) {
    func visit(_ edges: some Sequence<UInt64>) {
      for edge in edges {
        guard let relation = Self.relation(of: edge) else { continue }
        body(relation, Handle(Int(UInt32(truncatingIfNeeded: edge))))
      }
    }
    switch storage {
    case .few(let edges): visit(edges)
    case .many(let edges): visit(edges)
    }
  }

  private static func relation(of edge: UInt64) -> Relation? {
    Relation(rawValue: UInt8(edge >> 32))
  }

  private static func pack(_ relation: Relation, _ handle: Handle) -> UInt64 {
    UInt64(relation.rawValue) << 32 | UInt64(handle.index)
  }
}
