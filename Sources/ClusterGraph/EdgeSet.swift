import KubernetesObjects

/// The edges that end in a vertex: few for most vertices, 100,000 for some.
///
/// One stands by itself, a few are a plain array; of many, those of each relation are a set.
struct EdgeSet: Sendable {
  private enum Storage: Sendable {
    case none
    case one(UInt64)
    case few([UInt64])
    case many([Crowd])
  }

  /// The sources of all edges of one relation.
  private struct Crowd: Sendable {
    let relation: Relation
    var sources: PackedHandleSet = []
  }

  private static var limit: Int { 24 }

  private var storage = Storage.none

  var isEmpty: Bool {
    if case .none = storage { true } else { false }
  }

  var count: Int {
    switch storage {
    case .none: 0
    case .one: 1
    case .few(let edges): edges.count
    case .many(let crowds): Self.count(crowds)
    }
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
      storage = edges.count > Self.limit ? .many(Self.crowds(of: edges)) : .few(edges)
    case .many(var crowds):
      storage = .none
      Self.insert(source, relation, into: &crowds)
      storage = .many(crowds)
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
      storage = edges.count == 1 ? .one(edges[0]) : .few(edges)
    case .many(var crowds):
      storage = .none
      if let place = crowds.firstIndex(where: { $0.relation == relation }) {
        crowds[place].sources.remove(source)
        if crowds[place].sources.isEmpty { crowds.remove(at: place) }
      }
      storage =
        Self.count(crowds) > Self.limit / 2 ? .many(crowds) : .few(Self.edges(of: crowds))
    }
  }

  /// Whether any edge has this relation.
  func contains(_ relation: Relation) -> Bool {
    switch storage {
    case .none: false
    case .one(let edge): Self.relation(of: edge) == relation
    case .few(let edges): edges.contains { Self.relation(of: $0) == relation }
    case .many(let crowds): crowds.contains { $0.relation == relation }
    }
  }

  /// Whether `isWanted` holds for the source of any edge with this relation; looks no further than
  /// the first.
  func contains(_ relation: Relation, where isWanted: (Handle) -> Bool) -> Bool {
    func isOne(_ edge: UInt64) -> Bool {
      Self.relation(of: edge) == relation && isWanted(Self.source(of: edge))
    }
    return switch storage {
    case .none: false
    case .one(let edge): isOne(edge)
    case .few(let edges): edges.contains(where: isOne)
    case .many(let crowds):
      crowds.contains { $0.relation == relation && $0.sources.contains(where: isWanted) }
    }
  }

  func forEach(_ body: (Relation, Handle) -> Void) {
    func call(_ edge: UInt64) {
      guard let relation = Self.relation(of: edge) else { return }
      body(relation, Self.source(of: edge))
    }
    switch storage {
    case .none: break
    case .one(let edge): call(edge)
    case .few(let edges): edges.forEach(call)
    case .many(let crowds):
      for crowd in crowds {
        for source in crowd.sources { body(crowd.relation, source) }
      }
    }
  }
}

// MARK: - Forms

extension EdgeSet {
  private static func relation(of edge: UInt64) -> Relation? {
    Relation(rawValue: UInt8(edge >> 32))
  }

  private static func source(of edge: UInt64) -> Handle {
    Handle(Int(UInt32(truncatingIfNeeded: edge)))
  }

  private static func pack(_ relation: Relation, _ handle: Handle) -> UInt64 {
    UInt64(relation.rawValue) << 32 | UInt64(handle.index)
  }

  private static func count(_ crowds: [Crowd]) -> Int {
    crowds.reduce(0) { $0 + $1.sources.count }
  }

  private static func insert(_ source: Handle, _ relation: Relation, into crowds: inout [Crowd]) {
    let place = crowds.firstIndex { $0.relation == relation } ?? crowds.endIndex
    if place == crowds.endIndex { crowds.append(Crowd(relation: relation)) }
    crowds[place].sources.insert(source)
  }

  private static func crowds(of edges: [UInt64]) -> [Crowd] {
    var crowds: [Crowd] = []
    for edge in edges {
      guard let relation = relation(of: edge) else { continue }
      insert(source(of: edge), relation, into: &crowds)
    }
    return crowds
  }

  private static func edges(of crowds: [Crowd]) -> [UInt64] {
    crowds.flatMap { crowd in crowd.sources.map { pack(crowd.relation, $0) } }
  }
}
