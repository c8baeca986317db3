import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// A simulated cluster, a monitor of five of its kinds, and the weather between them.
final class Storm {
  private static let changes = 10_000
  /// How the kinds are listed, one storm after the other; a page has less than there is of a kind.
  private static let modes: [ListMode] = [.whole, .pages(of: 7), .initialEvents]
  /// How long nothing may come: a silence that the storm makes shall not end it.
  private static let patience = Duration.seconds(1)
  private static let userAgent = "kpatrol/storm"

  /// Those that count what happened know more than whoever looks afresh.
  private static let checks = Catalogue.checks.filter { check in
    !["unhealthy/event-burst", "unhealthy/node-flapping", "unhealthy/pod-restarts"]
      .contains(check.id)
  }

  let monitor: ClusterMonitor
  let cluster: SimulatedCluster
  let eventLoop = EventLoop()
  private let task: Task<Void, Never>
  /// Whether versions are forgotten in this storm; in others a resume suffices each time.
  private let forgetsVersions: Bool
  private let mode: ListMode
  private var world: StormWorld
  private var random: SeededGenerator

  /// Lets a storm pass, holds what it left against the truth, and sees to it that all of it is gone.
  static func report(seed: UInt64) async throws -> StormReport {
    weak var monitor: ClusterMonitor?
    weak var cluster: SimulatedCluster?
    weak var eventLoop: EventLoop?
    let report: StormReport
    do {
      let storm = try await Storm(seed: seed)
      (monitor, cluster, eventLoop) = (storm.monitor, storm.cluster, storm.eventLoop)
      report = try await storm.pass(seed)
    }
    let isFreed = await eventually { monitor == nil && cluster == nil && eventLoop == nil }
    #expect(
      isFreed,
      """
      Seed \(seed) leaves behind: \(monitor == nil ? "" : "monitor ")\
      \(cluster == nil ? "" : "cluster ")\(eventLoop == nil ? "" : "event loop")
      """
    )
    return report
  }

  private init(seed: UInt64) async throws {
    forgetsVersions = !seed.isMultiple(of: 5)
    mode = Self.modes[Int(seed % UInt64(Self.modes.count))]
    random = SeededGenerator(seed: seed)
    world = StormWorld(seed: seed)
    var options = SimulationOptions(scenario: .empty, seed: seed, runsControllers: false)
    options.bookmarkInterval = Self.patience / 4
    options.requestLogLimit = 100_000
    cluster = try await SimulatedCluster.start(options)
    try world.prepare(cluster)
    var plan = FaultPlan.everything(seed: seed, withSilence: true)
    if !forgetsVersions {
      plan.rules.removeAll { [.expired, .expiredEvent, .garbage].contains($0.fault.kind) }
    }
    cluster.inject(plan)
    let client = cluster.client(
      "storm",
      on: eventLoop,
      userAgent: Self.userAgent,
      patience: Self.patience
    )
    let silence = ExpectedSilence(
      bookmarkPeriod: Self.patience / 2,
      slack: Self.patience / 2,
      hasSeenBookmark: true
    )
    let monitor = ClusterMonitor(
      source: SelectedKinds(of: client, plurals: StormWorld.plurals, silence: silence),
      options: MonitorOptions(checks: Self.checks, listing: { [mode] _ in mode }),
      clock: .hasty
    )
    self.monitor = monitor
    task = Task { await monitor.run() }
  }

  private func pass(_ seed: UInt64) async throws -> StormReport {
    let before = UInt64(cluster.resourceVersion) ?? 0
    let compactions = try await rage()
    let after = UInt64(cluster.resourceVersion) ?? 0
    #expect(after - before == UInt64(Self.changes + compactions), "Some changes were none.")
    #expect(await eventually { await isAtTheLatestVersions() }, "seed \(seed)")
    #expect(try await differences() == [], "seed \(seed)")
    let (findings, freshFindings) = await monitor.conditionsAndFreshConditions()
    #expect(findings == freshFindings, "seed \(seed)")
    let (vertices, freshVertices) = await monitor.vertexCounts()
    #expect(vertices == freshVertices, "Seed \(seed) leaves vertices that nobody needs.")
    let account = StreamAccount(
      cluster.requestLog.filter { $0.userAgent == Self.userAgent },
      of: Set(StormWorld.plurals.map { String($0.prefix { $0 != "." }) })
    )
    let status = await monitor.status()
    #expect(account.mistakes == [], "seed \(seed)")
    if mode == .initialEvents {
      // Of a list that becomes a watch the server cannot know as what it ended.
      #expect(status.relists <= account.reasons, "seed \(seed)")
    } else {
      #expect(status.relists == account.relists, "seed \(seed)")
    }
    #expect(status.resumes > 5, "Seed \(seed) was no storm.")
    #expect(forgetsVersions || status.relists == 0, "seed \(seed)")
    #expect(await end(), "Seed \(seed) leaves watches open.")
    return StormReport(
      storms: 1,
      creations: world.creations,
      updates: world.updates,
      deletions: world.deletions,
      strikes: cluster.faultCounts,
      resumes: account.resumes,
      relists: status.relists
    )
  }

  // MARK: Raging

  /// Changes objects while the connection suffers; answers how often old versions were forgotten.
  private func rage() async throws -> Int {
    var compactions = 0
    #expect(await eventually { await monitor.status().connection == .watching })
    while world.changes < Self.changes {
      for _ in 0..<50 { try world.change(cluster) }
      if world.changes.isMultiple(of: 200) { compactions += await strike() ? 1 : 0 }
      await Task.yield()
    }
    cluster.endAllFaults()
    return compactions
  }

  /// Lets something befall all watches or connections; answers whether old versions were forgotten.
  private func strike() async -> Bool {
    // Who is still coming back from the last time is spared a moment, but not for long.
    _ = await eventually(within: .milliseconds(100)) { cluster.openWatches > 0 }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: cluster.breakWatches()
    case 1: cluster.endWatches()
    case 2: await cluster.resetConnections()
    case 3: await cluster.announceEndOfConnections()
    case 4 where forgetsVersions: cluster.expireWatches()
    case 5 where forgetsVersions:
      cluster.forgetOldVersions()
      cluster.breakWatches()
      return true
    default: try? await Task.sleep(for: .milliseconds(2))
    }
    return false
  }

  // MARK: Afterwards

  private func isAtTheLatestVersions() async -> Bool {
    guard await monitor.status().connection == .watching else { return false }
    for plural in StormWorld.plurals {
      let truth = cluster.objects(of: plural).map { object in
        object[path: "metadata", "resourceVersion"]?.stringValue ?? ""
      }
      let model = await monitor.objects(of: plural).values.map(\.version)
      guard model.sorted() == truth.sorted() else { return false }
    }
    return true
  }

  /// Where the model differs from what another client lists now, record by record, and where that
  /// differs from what was done to the objects.
  private func differences() async throws -> [String] {
    let client = cluster.client("truth", on: eventLoop, userAgent: "kpatrol/truth")
    var differences: [String] = []
    for resource in await monitor.resources.values {
      var list = try await client.list(
        resource,
        metadataOnly: !ObjectDecoder.readsWhole(resource.kind)
      )
      let truth = try await list.rest()
      let plural = resource.qualifiedPlural
      var model = await monitor.objects(of: plural)
      var serials = world.serials.filter { $0.key.plural == plural }
      for snapshot in truth {
        let record = snapshot.record
        let serial = serials.removeValue(forKey: .init(plural: plural, name: record.key.name))
        if record.metadata.labels["serial"] != serial.map({ "\($0)" }) {
          differences.append("\(record.key) is not as it was made")
        }
        guard let known = model.removeValue(forKey: record.key) else {
          differences.append("\(record.key) is not known")
          continue
        }
        if known.version != snapshot.resourceVersion || !known.record.isEqual(to: record) {
          differences.append("\(record.key) is \(record), known as \(known.record)")
        }
      }
      differences += model.keys.map { "\($0) is not there" }
      differences += serials.keys.map { "\($0) is lost" }
    }
    return differences
  }

  /// Ends everything; tells whether the server has no watch left.
  private func end() async -> Bool {
    task.cancel()
    await task.value
    let isQuiet = await eventually { cluster.openWatches == 0 }
    eventLoop.shutdown()
    await cluster.stop()
    return isQuiet
  }
}

extension WallClock {
  /// Waits a moment where others wait for seconds, and for ever where they wait for longer than any
  /// reflector does.
  fileprivate static let hasty = WallClock(
    now: WallClock.system.now,
    sleep: { duration in
      let isLong = duration >= .seconds(30)
      try await Task.sleep(for: isLong ? .seconds(3600) : min(duration, .milliseconds(20)))
    }
  )
}
