import Foundation

/// Applies changes at a steady rate: how many are due follows from the time since the start, so that a
/// wait that takes longer than asked for is made up for by the next.
actor ChurnPacer {
  /// How often it wakes up; a client sees no finer steps.
  private static let tick = Duration.milliseconds(10)
  /// Behind by more than this, it starts anew instead of flooding: the machine slept or was too busy.
  private static let patience = Duration.seconds(1)

  private var churn: Churn
  private let rate: Double
  private let registry: Registry
  private var running: Task<Void, Never>?

  /// The rate is in changes a second.
  init(_ churn: Churn, rate: Double, _ registry: Registry) {
    self.churn = churn
    self.rate = rate
    self.registry = registry
  }

  func start() {
    running = Task {
      let clock = ContinuousClock()
      var start = clock.now
      var done = 0
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.tick, tolerance: .zero)
        let elapsed = clock.now - start
        let due = Self.due(after: elapsed, at: rate)
        if Double(due - done) > max(1, rate * (Self.patience / .seconds(1))) {
          start = clock.now
          done = 0
          continue
        }
        apply(due - done)
        done = due
      }
    }
  }

  func stop() async {
    running?.cancel()
    await running?.value
    running = nil
  }

  /// How many changes are to have happened.
  static func due(after elapsed: Duration, at rate: Double) -> Int {
    Int(elapsed / .seconds(1) * rate)
  }

  private func apply(_ count: Int) {
    guard count > 0 else { return }
    let now = registry.clock.now()
    for _ in 0..<count { churn.next(at: now).apply(to: registry.store) }
  }
}
