import ClusterGraph

/// What is to be inspected, and how far that has got.
struct Backlog {
  /// How many vertices are inspected without looking at the clock.
  private static let partSize = 500

  let touched: HandleSet
  private var position = 0

  init(touched: HandleSet) { self.touched = touched }

  var isDone: Bool { position == touched.count }

  mutating func nextPart() -> HandleSet.SubSequence {
    let part = touched[position..<min(position + Self.partSize, touched.count)]
    position = part.endIndex
    return part
  }
}
