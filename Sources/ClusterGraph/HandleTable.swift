/// Finds vertices by their names: a hash table that stores the handles alone, as the names stand in
/// the vertices.
///
/// Open addressing with linear probing; a removal moves later entries up, so that nothing is left
/// behind.
struct HandleTable: Sendable {
  private static let empty = UInt32.max

  private var slots: [UInt32] = []
  /// What is known of each slot's entry without a look at its vertex.
  private var tags: [Tag] = []
  private(set) var count = 0

  /// The vertex with this name, whose hash is `hash`.
  func first(named name: VertexName, hash: Int, in vertices: [Vertex]) -> Handle? {
    guard !slots.isEmpty else { return nil }
    var position = home(of: hash)
    while slots[position] != Self.empty {
      if tags[position].matches(hash) {
        let handle = Handle(Int(slots[position]))
        if vertices[handle.position].name == name { return handle }
      }
      position = next(position)
    }
    return nil
  }

  /// Adds a handle that is not there.
  mutating func insert(_ handle: Handle, hash: Int, in vertices: [Vertex]) {
    if (count + 1) * 4 > slots.count * 3 { grow(vertices) }
    place(handle, hash: hash)
    count += 1
  }

  mutating func remove(_ handle: Handle, hash: Int, in vertices: [Vertex]) {
    var hole = home(of: hash)
    while slots[hole] != handle.index {
      guard slots[hole] != Self.empty else { return }
      hole = next(hole)
    }
    count -= 1
    var position = next(hole)
    while slots[position] != Self.empty {
      // An entry may fill the hole unless its own home lies behind it.
      let way =
        tags[position].distance
        ?? distance(from: home(of: vertices.hash(at: slots[position])), to: position)
      let gap = distance(from: hole, to: position)
      if way >= gap {
        slots[hole] = slots[position]
        tags[hole] = tags[position].moved(to: way - gap)
        hole = position
      }
      position = next(position)
    }
    slots[hole] = Self.empty
  }

  func forEach(_ body: (Handle) -> Void) {
    for slot in slots where slot != Self.empty { body(Handle(Int(slot))) }
  }

  private mutating func grow(_ vertices: [Vertex]) {
    let old = slots
    slots = Array(repeating: Self.empty, count: max(16, old.count * 2))
    tags = Array(repeating: Tag(), count: slots.count)
    for slot in old where slot != Self.empty {
      place(Handle(Int(slot)), hash: vertices.hash(at: slot))
    }
  }

  private mutating func place(_ handle: Handle, hash: Int) {
    let home = home(of: hash)
    var position = home
    while slots[position] != Self.empty { position = next(position) }
    slots[position] = handle.index
    tags[position] = Tag(hash, at: distance(from: home, to: position))
  }

  private func home(of hash: Int) -> Int { hash & (slots.count - 1) }
  private func next(_ position: Int) -> Int { (position + 1) & (slots.count - 1) }

  private func distance(from start: Int, to end: Int) -> Int {
    (end - start) & (slots.count - 1)
  }
}

/// Some bits of an entry's hash, and how far from its home it stands: neither the search for another name
/// nor the removal of a neighbour looks at its vertex for that, which nobody may have touched for long.
private struct Tag: Sendable {
  private static let farthest: UInt8 = 15

  /// The hash's bits in the upper half, the distance in the lower one.
  private var bits: UInt8 = 0

  init() {}

  init(_ hash: Int, at distance: Int) {
    bits = Self.hashBits(of: hash) | Self.distanceBits(of: distance)
  }

  /// `nil` where it is farther than can be told.
  var distance: Int? {
    let distance = bits & Self.farthest
    return distance == Self.farthest ? nil : Int(distance)
  }

  /// Whether it may be the entry of a name with this hash.
  func matches(_ hash: Int) -> Bool { bits & ~Self.farthest == Self.hashBits(of: hash) }

  func moved(to distance: Int) -> Tag {
    var moved = self
    moved.bits = bits & ~Self.farthest | Self.distanceBits(of: distance)
    return moved
  }

  /// Of bits that decide no slot's position.
  private static func hashBits(of hash: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: hash >> 48) & ~farthest
  }

  private static func distanceBits(of distance: Int) -> UInt8 {
    UInt8(min(distance, Int(farthest)))
  }
}

extension [Vertex] {
  /// The hash of the name of a vertex that is there.
  fileprivate func hash(at slot: UInt32) -> Int { self[Int(slot)].name.tableHash }
}
