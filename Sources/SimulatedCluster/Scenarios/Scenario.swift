/// The name of a scenario, as the command line takes it.
package enum ScenarioID: String, CaseIterable, Sendable {
  case bulk
  case empty
  case healthy
  case nightShift = "night-shift"
}

/// A world to begin with, and what happens in it as time goes by.
struct Scenario: Sendable {
  /// Something that happens once.
  struct Step: Sendable {
    let after: Duration
    let title: String
    let act: @Sendable (World, _ pace: Double) -> Void
  }

  /// Something that happens over and over.
  struct Habit: Sendable {
    let every: Duration
    /// Gets how many times it happened, this one included.
    let act: @Sendable (World, _ count: Int, _ pace: Double) -> Void
  }

  let id: ScenarioID
  /// Gets how many shops there shall be, where there are shops.
  let build: @Sendable (World, _ shops: Int) throws(APIFailure) -> Void
  var steps: [Step] = []
  var life: [Habit] = []
  /// A world that is only looked at needs nobody to look after it.
  var hasControllers = true
}

/// All scenarios.
enum Scenarios {
  static let all: [Scenario] = [
    BulkWorld.scenario,
    EmptyScenario.scenario,
    HealthyScenario.scenario,
    NightShiftScenario.scenario,
  ]

  static func scenario(_ id: ScenarioID) -> Scenario {
    guard let scenario = all.first(where: { $0.id == id }) else {
      preconditionFailure("\(id.rawValue) is not in the list of scenarios.")
    }
    return scenario
  }
}
