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
  private let fleet: Fleet
  private let services: [any AgentService]
  private let version: String
  private let clock: WallClock
  private var metrics = AgentMetrics()
  /// The clusters that were inspected before the last turn: what comes of them is news.
  private var inspected: Set<String> = []
  private var lastTurn: Timestamp

  package init(
    _ fleet: Fleet,
    services: [any AgentService] = [],
    version: String = "",
    clock: WallClock = .system
  ) {
    self.fleet = fleet
    self.version = version
    self.services = services
    self.clock = clock
    lastTurn = clock.now()
    ledger = FindingLedger(instance: FindingVersion.instance(at: clock.now()))
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
    let news = await fleet.newsOfFindings()
    metrics.take(news, at: clock.now(), inspected: inspected)
    await ledger.take(news, of: statuses, agentVersion: version)
    // As of before the news: what was found at the first inspection is all among it.
    inspected = Set(statuses.filter { $0.firstInspectionDuration != nil }.map(\.name))
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
