import KubernetesObjects

/// The edges that end in a vertex: few for most vertices, 100,000 for some.
struct EdgeSet: Sendable {
  private var edges = SmallSet<UInt64>()

  var isEmpty: Bool { edges.isEmpty }

  var count: Int { edges.count }

  mutating func insert(_ relation: Relation, from source: Handle) {
    edges.insert(Self.pack(relation, source))
  }

  mutating func remove(_ relation: Relation, from source: Handle) {
    edges.remove(Self.pack(relation, source))
  }

  /// Whether any edge has this relation; looks no further than the first.
  func contains(_ relation: Relation) -> Bool {
    edges.contains { Self.relation(of: $0) == relation }
  }

  /// Whether `isWanted` holds for the source of any edge with this relation; looks no further than
  /// the first.
  func contains(_ relation: Relation, where isWanted: (Handle) -> Bool) -> Bool {
    edges.contains { edge in
      Self.relation(of: edge) == relation
        && isWanted(Handle(Int(UInt32(truncatingIfNeeded: edge))))
    }
  }

  func forEach(_ body: (Relation, Handle) -> Void) {
    edges.forEach { edge in
      guard let relation = Self.relation(of: edge) else { return }
      body(relation, Handle(Int(UInt32(truncatingIfNeeded: edge))))
    }
  }

  private static func relation(of edge: UInt64) -> Relation? {
    Relation(rawValue: UInt8(edge >> 32))
  }

  private static func pack(_ relation: Relation, _ handle: Handle) -> UInt64 {
    UInt64(relation.rawValue) << 32 | UInt64(handle.index)
  }
}
