import Foundation

/// Lets time run: wakes the controllers that have something to do, and the scenario's next step.
actor Director {
  /// How often it looks around; what happens is never finer than this.
  private static let tick = Duration.milliseconds(100)

  private let world: World
  private let pace: Double
  private var steps: ArraySlice<Scenario.Step>
  private let life: [Scenario.Habit]
  private var habitsDone: [Int]
  private var elapsed = Duration.zero
  /// For each controller: how much had changed when it looked last, and when that was.
  private var looks: [(changes: UInt64, at: Duration)?]
  private var running: Task<Void, Never>?

  init(
    _ registry: Registry,
    scenario: Scenario,
    pace: Double,
    netBox: SimulatedNetBox? = nil,
    outages: Outages = Outages()
  ) {
    world = World(registry, outages: outages, netBox: netBox, recordsEvents: true)
    self.pace = max(0.001, pace)
    steps = scenario.steps.sorted { $0.after < $1.after }[...]
    life = scenario.life
    habitsDone = life.map { _ in 0 }
    looks = Controllers.all.map { _ in nil }
  }

  func start() {
    let clock = ContinuousClock()
    running = Task {
      var last = clock.now
      while !Task.isCancelled {
        try? await Task.sleep(for: Self.tick)
        let now = clock.now
        advance(by: (now - last) * pace)
        last = now
      }
    }
  }

  func stop() async {
    running?.cancel()
    await running?.value
    running = nil
  }

  /// Silences the kubelet of a node for that many seconds of the scenario.
  func beginOutage(on node: String, seconds: Double) {
    world.outages.begin(on: node, until: world.now.addingTimeInterval(seconds / pace))
  }

  /// Lets that much of the scenario's time pass in one go.
  func advance(by duration: Duration) {
    elapsed += duration
    while let step = steps.first, step.after <= elapsed {
      steps.removeFirst()
      step.act(world, pace)
    }
    for (index, habit) in life.enumerated() {
      let count = Int(elapsed / habit.every)
      guard count > habitsDone[index] else { continue }
      habitsDone[index] = count
      habit.act(world, count, pace)
    }
    for (index, controller) in Controllers.all.enumerated() {
      let changes = world.registry.store.changes(of: controller.concerns)
      if let look = looks[index], look.changes == changes,
        controller.interval.map({ elapsed < look.at + $0 }) ?? true
      {
        continue
      }
      controller.reconcile(world, pace: pace)
      looks[index] = (changes, elapsed)
    }
  }
}
