import KubernetesObjects

/// The end of a row of moments, of which many came in a short time.
struct Burst {
  /// How many of the last moments are within the time.
  let count: Int
  let last: Timestamp
  /// When too few of them will be recent, unless more come.
  let end: Timestamp

  /// `nil` where fewer than `count` of the last moments, which come oldest first, are within
  /// `window`.
  init?(_ moments: [Timestamp], atLeast count: Double, within window: Duration) {
    let needed = max(1, Int(count))
    guard moments.count >= needed, let last = moments.last else { return nil }
    let first = moments[moments.count - needed]
    guard first.elapsed(to: last) <= window else { return nil }
    self.count = moments.reversed().prefix { $0.elapsed(to: last) <= window }.count
    self.last = last
    end = first + window
  }
}
