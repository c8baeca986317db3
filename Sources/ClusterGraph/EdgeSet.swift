import KubernetesObjects

/// The edges that end in a vertex: few for most vertices, 100,000 for some.
///
/// One edge stands by itself, a short list is a plain array; past `limit` it becomes a set, so that
/// adding and removing one edge of a hub costs the same as anywhere.
struct EdgeSet: Sendable {
  private enum Storage {
    case none
    case one(UInt64)
    case few([UInt64])
    case many(Set<UInt64>)
  }

  private static let limit = 24
  private var storage = Storage.none

  var isEmpty: Bool {
    if case .none = storage { true } else { false }
  }

  mutating func insert(_ relation: Relation, from source: Handle) {
    let edge = Self.pack(relation, source)
    switch storage {
    case .none: storage = .one(edge)
    case .one(let other):
      if other != edge { storage = .few([other, edge]) }
    case .few(var edges):
      guard !edges.contains(edge) else { return }
      storage = .none  // Leaves `edges` as the only owner, so that it grows in place.
      edges.append(edge)
      storage = edges.count > Self.limit ? .many(Set(edges)) : .few(edges)
    case .many(var edges):
      storage = .none
      edges.insert(edge)
      storage = .many(edges)
    }
  }

  mutating func remove(_ relation: Relation, from source: Handle) {
    let edge = Self.pack(relation, source)
    switch storage {
    case .none: break
    case .one(let other):
      if other == edge { storage = .none }
    case .few(var edges):
      storage = .none
      edges.removeAll { $0 == edge }
      storage =
        switch edges.count {
        case 0: .none
        case 1: .one(edges[0])
        default: .few(edges)
        }
    case .many(var edges):
      storage = .none
      edges.remove(edge)
      storage = edges.count > Self.limit / 2 ? .many(edges) : .few(Array(edges))
    }
  }

  /// Whether any edge has this relation; looks no further than the first.
  func contains(_ relation: Relation) -> Bool {
    switch storage {
    case .none: false
    case .one(let edge): Self.relation(of: edge) == relation
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
    case .none: break
    case .one(let edge): visit(CollectionOfOne(edge))
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
