/// Finds vertices by their names: a hash table that stores the handles alone, as the names stand in
/// the vertices.
///
/// Open addressing with linear probing; a removal moves later entries up, so that nothing is left
/// behind.
struct HandleTable: Sendable {
  private static let empty = UInt32.max

  private var slots: [UInt32] = []
  /// Some bits of the hash of what is in each slot: a vertex that is another one is not looked at for that.
  private var tags: [UInt8] = []
  private(set) var count = 0

  /// The vertex with this name, whose hash is `hash`.
  func first(named name: VertexName, hash: Int, in vertices: [Vertex]) -> Handle? {
    guard !slots.isEmpty else { return nil }
    let tag = Self.tag(of: hash)
    var position = home(of: hash)
    while slots[position] != Self.empty {
      if tags[position] == tag {
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
      let home = home(of: vertices.hash(at: slots[position]))
      if distance(from: home, to: position) >= distance(from: hole, to: position) {
        slots[hole] = slots[position]
        tags[hole] = tags[position]
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
    tags = Array(repeating: 0, count: slots.count)
    for slot in old where slot != Self.empty {
      place(Handle(Int(slot)), hash: vertices.hash(at: slot))
    }
  }

  private mutating func place(_ handle: Handle, hash: Int) {
    var position = home(of: hash)
    while slots[position] != Self.empty { position = next(position) }
    slots[position] = handle.index
    tags[position] = Self.tag(of: hash)
  }

  /// Of bits that decide no slot's position.
  private static func tag(of hash: Int) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 48) }

  private func home(of hash: Int) -> Int { hash & (slots.count - 1) }
  private func next(_ position: Int) -> Int { (position + 1) & (slots.count - 1) }

  private func distance(from start: Int, to end: Int) -> Int {
    (end - start) & (slots.count - 1)
  }
}

extension [Vertex] {
  /// The hash of the name of a vertex that is there.
  fileprivate func hash(at slot: UInt32) -> Int { self[Int(slot)].name.tableHash }
}
