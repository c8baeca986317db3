import ClusterGraph

/// Finds where a window of several sorted lists begins, by a few samples of each.
///
/// What is asked for is a position in the list that they would make together; what is found is how much of
/// each list precedes it, nearly: the rest is merged from the rows themselves.
struct RowMerge {
  /// By what the row at a position of a list is sorted.
  struct Sample: Sendable {
    let place: RowPlace
    let position: Int
  }

  /// Up to how many rows are sorted to find the window among them.
  private static let rest = 256
  private static let roundLimit = 12

  private let query: RowQuery
  private let offset: Int
  /// How many rows of each list precede the window: at least, and at most.
  private(set) var low: [Int]
  private(set) var high: [Int]
  private var rounds = 0

  init(_ query: RowQuery, counts: [Int], offset: Int) {
    self.query = query
    self.offset = offset
    low = counts.map { _ in 0 }
    high = counts.map { min($0, offset) }
  }

  /// Whether samples are needed no more.
  var isNarrow: Bool {
    zip(low, high).reduce(0) { $0 + $1.1 - $1.0 } <= Self.rest || rounds >= Self.roundLimit
  }

  /// Where a list is to be looked at next.
  func positions(ofList list: Int) -> [Int] {
    let (first, length) = (low[list], high[list] - low[list])
    let count = min(length, max(32, 4 * low.count))
    return (0..<count).map { first + length * $0 / count }
  }

  /// Takes in what was found there.
  mutating func take(_ samples: [[Sample]]) {
    rounds += 1
    let all = samples.enumerated()
      .flatMap { list, samples in samples.map { (list: list, sample: $0) } }
      .sorted { left, right in
        Self.precedes((left.sample.place, left.list), (right.sample.place, right.list), in: query)
      }
    // How many rows of each list precede the sample that is looked at: at least, and at most.
    var fewest = low
    var nexts = samples.map { $0.map(\.position)[...] }
    var (newLow, newHigh) = (low, high)
    for (list, sample) in all {
      fewest[list] = sample.position
      nexts[list].removeFirst()
      var most = nexts.indices.map { nexts[$0].first ?? high[$0] }
      most[list] = sample.position
      if most.reduce(0, +) <= offset {
        for index in newLow.indices { newLow[index] = max(newLow[index], fewest[index]) }
      }
      if fewest.reduce(0, +) >= offset {
        for index in newHigh.indices { newHigh[index] = min(newHigh[index], most[index]) }
      }
      // The sample itself precedes the next.
      fewest[list] = sample.position + 1
    }
    // What changed meanwhile must not turn them round.
    (low, high) = (newLow, zip(newLow, newHigh).map { max($0, $1) })
  }

  /// Whether a row of one list comes before one of another; of equal ones the first list's does.
  static func precedes(
    _ left: (place: RowPlace, list: Int),
    _ right: (place: RowPlace, list: Int),
    in query: RowQuery
  ) -> Bool {
    if left.place.precedes(right.place, in: query) { return true }
    if right.place.precedes(left.place, in: query) { return false }
    return left.list < right.list
  }
}
