import KubernetesClient

/// How well a server answered our own requests of the last minutes.
struct RequestHealth {
  /// How many looks at the statistics are remembered: five minutes.
  private static let kept = 10
  /// Of fewer requests nothing is concluded.
  private static let fewest = 20
  /// What most requests are answered within.
  private static let patience = Duration.seconds(1)

  private var looks: [RequestStatistics] = []

  mutating func add(_ statistics: RequestStatistics) {
    looks = (looks + [statistics]).suffix(Self.kept)
  }

  /// How many of 100 requests the server did not answer, in steps of five: a figure that always
  /// changes would be news each time.
  var failedPercent: Int {
    guard let first = looks.first, let last = looks.last,
      last.requests - first.requests >= Self.fewest
    else { return 0 }
    let share = Double(last.unanswered - first.unanswered) / Double(last.requests - first.requests)
    return Int((share * 20).rounded()) * 5
  }

  /// Whether half of the requests take longer than they should.
  var isSlow: Bool {
    guard let last = looks.last, last.requests >= Self.fewest, let median = last.medianLatency
    else { return false }
    return median > Self.patience
  }
}
