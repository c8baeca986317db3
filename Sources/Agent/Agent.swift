import Inspection
import KubernetesObjects
package import Monitoring

/// KPatrol without a screen: follows a fleet, and keeps at hand what is told of it over HTTP.
package actor Agent {
  /// Changes that come faster are told together.
  private static let turnInterval = Duration.milliseconds(100)
  /// A turn is made at least so often, whether anything has changed or not.
  private static let heartbeat = Duration.seconds(5)
  /// An agent that has not made a turn for so long hangs.
  static let livenessLimit = Duration.seconds(60)

  let ledger: FindingLedger
  /// What takes findings that services tell.
  nonisolated let intake: EventIntake
  private let fleet: Fleet
  private let services: [any AgentService]
  private let shards: ShardKeeper?
  private let version: String
  private let clock: WallClock
  private var metrics = AgentMetrics()
  /// What of the clusters was inspected at the last turn: what comes of that is news.
  private var covered: [String: Coverage] = [:]
  private var lastTurn: Timestamp

  package init(
    _ fleet: Fleet,
    _ ledger: FindingLedger? = nil,
    services: [any AgentService] = [],
    intake: EventIntake? = nil,
    version: String = "",
    clock: WallClock = .system
  ) {
    self.fleet = fleet
    self.ledger = ledger ?? FindingLedger(at: clock.now())
    self.intake = intake ?? EventIntake(fleet)
    self.version = version
    self.services = services
    shards = services.lazy.compactMap { $0 as? ShardKeeper }.first
    self.clock = clock
    lastTurn = clock.now()
  }

  /// Takes in what becomes of findings, and has its services work, until the task is cancelled.
  ///
  /// The fleet itself is run elsewhere.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for service in services { group.addTask { await service.run() } }
      await follow()
      group.cancelAll()
    }
  }

  private func follow() async {
    let (turns, continuation) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let changing = Task { [fleet] in
      for await _ in fleet.changes { continuation.yield() }
    }
    let beating = Task { [clock] in
      repeat { continuation.yield() } while (try? await clock.sleep(Self.heartbeat)) != nil
    }
    defer {
      changing.cancel()
      beating.cancel()
    }
    for await _ in turns {
      await turn()
      guard (try? await clock.sleep(Self.turnInterval)) != nil else { break }
    }
    await ledger.close()
  }

  /// Asks the fleet what has become of findings; waits for each cluster's monitor.
  func turn() async {
    let statuses = await fleet.statuses()
    let covering = await fleet.coverages()
    let news = await fleet.newsOfFindings()
    // As of before the news, and as before: what a first inspection found is all among what comes meanwhile.
    let inspected = Set(covering.keys.filter { covering[$0] == covered[$0] })
    metrics.take(news, at: clock.now(), inspected: inspected)
    await ledger.take(
      news,
      inspected: inspected,
      of: statuses,
      covering: covering,
      agentVersion: version
    )
    covered = covering
    lastTurn = clock.now()
  }

  /// Whether it still makes its turns, for which every cluster's monitor must answer.
  func liveness() -> Readiness {
    let silence = lastTurn.elapsed(to: clock.now())
    let trouble =
      silence < Self.livenessLimit
      ? nil : "findings were last taken in \(silence.components.seconds) s ago"
    return Readiness(parts: [Readiness.Part(name: "turns", trouble: trouble)])
  }

  func readiness() async -> Readiness {
    var parts = Readiness(await fleet.statuses()).parts
    for service in services { parts += await service.readiness() }
    return Readiness(parts: parts)
  }

  /// What it covers; `nil` where that was never a question.
  func coverage() async -> CoverageDocument? { await shards?.coverage() }

  func metricFamilies() async -> [MetricFamily] {
    var families = await metrics.families(
      fleet.statuses(),
      ledger.all,
      fleet.catalogue(ofCluster: nil).rows,
      followers: ledger.followerCount
    )
    for service in services { families += await service.metricFamilies() }
    return families
  }
}
