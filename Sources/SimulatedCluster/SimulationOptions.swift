package import Foundation
package import Logging

/// What a simulated cluster is started with.
package struct SimulationOptions: Sendable {
  /// Where to listen: nobody but this machine reaches it.
  package var loopback: Loopback
  /// 0 takes a free one.
  package var port: Int
  package var scenario: ScenarioID
  /// How many shops there are side by side, in the scenarios with shops.
  package var shops: Int
  /// The world of the bulk scenario.
  package var bulk: BulkWorld
  /// How many changes a second happen in the bulk scenario.
  package var churn: Double
  /// The same seed makes the same names, uids and addresses.
  package var seed: UInt64
  /// How much faster than life the scenario and the controllers go.
  package var pace: Double
  /// The bearer token that clients have to send; a random one where none is given.
  package var token: String?
  /// Without it, only the requests change the world: for tests that count every version.
  package var runsControllers: Bool
  package var bookmarkInterval: Duration
  /// How many changes of each resource a watch can resume from.
  package var historyLimit: Int
  /// How many requests are kept for whoever asks what was requested.
  package var requestLogLimit: Int
  /// Without it, what is served is told group by group, as by servers before Kubernetes 1.26.
  package var servesAggregatedDiscovery: Bool
  /// What time it is there: ages, and when tokens expire.
  package var now: @Sendable () -> Date
  /// Silent unless given: the program in whose terminal this runs draws on the whole screen.
  package var logger: Logger

  /// An address of the machine itself.
  package enum Loopback: String, Sendable {
    case ipv4 = "127.0.0.1"
    case ipv6 = "::1"

    /// As it stands in a URL.
    var host: String { self == .ipv6 ? "[\(rawValue)]" : rawValue }
  }

  /// How many shops have at least so many Pods.
  package static func shops(forPods pods: Int) -> Int {
    max(1, (pods + ShopWorld.podsPerShop - 1) / ShopWorld.podsPerShop)
  }

  package init(
    loopback: Loopback = .ipv4,
    port: Int = 0,
    scenario: ScenarioID = .nightShift,
    shops: Int = 1,
    bulk: BulkWorld = BulkWorld(),
    churn: Double = 0,
    seed: UInt64 = 1,
    pace: Double = 1,
    token: String? = nil,
    runsControllers: Bool = true,
    bookmarkInterval: Duration = .seconds(60),
    historyLimit: Int = 10_000,
    requestLogLimit: Int = 1_000,
    servesAggregatedDiscovery: Bool = true,
    now: @escaping @Sendable () -> Date = { Date() },
    logger: Logger = Logger(label: "simulated-cluster") { _ in SwiftLogNoOpLogHandler() }
  ) {
    self.loopback = loopback
    self.port = port
    self.scenario = scenario
    self.shops = max(1, shops)
    self.bulk = bulk
    self.churn = churn
    self.seed = seed
    self.pace = pace
    self.token = token
    self.runsControllers = runsControllers
    self.bookmarkInterval = bookmarkInterval
    self.historyLimit = historyLimit
    self.requestLogLimit = requestLogLimit
    self.servesAggregatedDiscovery = servesAggregatedDiscovery
    self.now = now
    self.logger = logger
  }
}
