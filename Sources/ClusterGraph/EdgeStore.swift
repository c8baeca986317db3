import KubernetesObjects

/// The edges of all objects to what they name, one object's after another's in one array: an array for
/// each would take five words more, which is as much as most have in it.
///
/// Room that is left is given to the next object that needs as much.
struct EdgeStore: Sendable {
  /// Where an object's edges stand.
  private struct Run: Sendable {
    static let none = Run(start: 0, count: 0)

    var start: UInt32
    var count: UInt32

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
  }

  private static let filler = Edge(relation: .selection, isOptional: true, target: Handle(0))

  private var runs: [Run] = []
  private var edges: [Edge] = []
  /// Where room is free, by how much.
  private var free: [Int: [UInt32]] = [:]

  /// How many edges there is room for, free or not.
  var room: Int { edges.count }

  /// Makes a place for one more object, which has no edges.
  mutating func append() { runs.append(.none) }

  /// The edges of the object at `position`; a copy of what is kept, if it is kept while others change.
  subscript(position: Int) -> ArraySlice<Edge> { edges[runs[position].range] }

  /// Gives the object at `position` other edges.
  mutating func set(_ new: [Edge], at position: Int) {
    let old = runs[position]
    let (room, needed) = (Self.room(for: Int(old.count)), Self.room(for: new.count))
    var start = old.start
    if room != needed {
      if room > 0 { free[room, default: []].append(old.start) }
      start = needed > 0 ? makeRoom(needed) : 0
    }
    for (offset, edge) in new.enumerated() { edges[Int(start) + offset] = edge }
    runs[position] = Run(start: start, count: UInt32(new.count))
  }

  private mutating func makeRoom(_ needed: Int) -> UInt32 {
    if let start = free[needed]?.popLast() { return start }
    let start = edges.count
    edges.append(contentsOf: repeatElement(Self.filler, count: needed))
    return UInt32(start)
  }

  /// How much room that many edges are given: of few sizes, so that it is found again when it is left.
  private static func room(for count: Int) -> Int {
    guard count > 8 else { return count }
    // A quarter more than the power of two below, or two quarters, or three, or that power's double.
    let step = 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount - 3)
    return (count + step - 1) / step * step
  }
}
