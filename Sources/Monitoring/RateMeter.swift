import KubernetesObjects

/// Counts events of the last seconds.
struct RateMeter: Sendable {
  private static let seconds = 5
  private var counts = [Int](repeating: 0, count: seconds)
  private var newest: Int64 = 0

  mutating func add(_ count: Int, at now: Timestamp) {
    advance(to: now)
    counts[Int(newest % Int64(Self.seconds))] += count
  }

  /// Events a second, over the last five whole or begun seconds.
  mutating func rate(at now: Timestamp) -> Double {
    advance(to: now)
    return Double(counts.reduce(0, +)) / Double(Self.seconds)
  }

  private mutating func advance(to now: Timestamp) {
    let second = now.millisecondsSince1970 / 1000
    guard second > newest else { return }
    for passed in max(newest + 1, second - Int64(Self.seconds) + 1)...second {
      counts[Int(passed % Int64(Self.seconds))] = 0
    }
    newest = second
  }
}
