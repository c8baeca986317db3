/// A set of very many vertices that takes little room: six bytes for each, where Swift's takes up to
/// twice as many.
///
/// Open addressing with linear probing, as in a ``HandleTable``; the table grows by half, for doubled
/// ones are half empty.
struct PackedHandleSet: Sendable {
  private static let empty = UInt32.max

  private var slots: [UInt32] = []
  private(set) var count = 0

  init() {}

  var isEmpty: Bool { count == 0 }

  func contains(_ handle: Handle) -> Bool {
    guard !slots.isEmpty else { return false }
    return slots[position(of: handle)] != Self.empty
  }

  /// Adds a handle; says whether it was not there.
  @discardableResult
  mutating func insert(_ handle: Handle) -> Bool {
    if (count + 1) * 5 > slots.count * 4 {
      guard !contains(handle) else { return false }
      resize(to: Swift.max(8, slots.count + slots.count / 2))
    }
    let position = position(of: handle)
    guard slots[position] == Self.empty else { return false }
    slots[position] = handle.index
    count += 1
    return true
  }

  mutating func remove(_ handle: Handle) {
    guard !slots.isEmpty else { return }
    var hole = position(of: handle)
    guard slots[hole] != Self.empty else { return }
    count -= 1
    var position = next(hole)
    while slots[position] != Self.empty {
      // An entry may fill the hole unless its own home lies behind it.
      if distance(from: home(of: slots[position]), to: position)
        >= distance(from: hole, to: position)
      {
        slots[hole] = slots[position]
        hole = position
      }
      position = next(position)
    }
    slots[hole] = Self.empty
    if slots.count > 32, count * 4 < slots.count { resize(to: slots.count / 2) }
  }

  private mutating func resize(to size: Int) {
    let old = slots
    slots = Array(repeating: Self.empty, count: size)
    for index in old where index != Self.empty { slots[position(of: Handle(Int(index)))] = index }
  }

  /// How many slots are looked at for all of its handles, for tests.
  var probeCount: Int {
    reduce(0) { $0 + distance(from: home(of: $1.index), to: position(of: $1)) + 1 }
  }

  /// Where a handle stands, or would.
  private func position(of handle: Handle) -> Int {
    var position = home(of: handle.index)
    while slots[position] != handle.index, slots[position] != Self.empty {
      position = next(position)
    }
    return position
  }

  /// Where a handle would stand in an empty table: the product's upper half, so that sizes need not be
  /// powers of two.
  private func home(of index: UInt32) -> Int {
    Int((UInt64(index &* 0x9E37_79B1) &* UInt64(slots.count)) >> 32)
  }

  private func next(_ position: Int) -> Int { position + 1 == slots.count ? 0 : position + 1 }

  private func distance(from start: Int, to end: Int) -> Int {
    end >= start ? end - start : end - start + slots.count
  }
}

extension PackedHandleSet: Sequence {
  struct Iterator: IteratorProtocol {
    fileprivate var slots: IndexingIterator<[UInt32]>

    mutating func next() -> Handle? {
      while let index = slots.next() {
        if index != PackedHandleSet.empty { return Handle(Int(index)) }
      }
      return nil
    }
  }

  var underestimatedCount: Int { count }

  func makeIterator() -> Iterator { Iterator(slots: slots.makeIterator()) }
}

extension PackedHandleSet: ExpressibleByArrayLiteral {
  init(arrayLiteral handles: Handle...) {
    self.init(handles)
  }

  init(_ handles: some Sequence<Handle>) {
    for handle in handles { insert(handle) }
  }
}
