import Healing
package import Inspection
package import Inventories
import KubernetesObjects
package import RemoteChecks
package import Rules
package import UserConfiguration

/// All clusters, each with its monitor; what the screens ask.
package actor Fleet {
  nonisolated let roster: Roster
  /// Those of which agents tell come last, and more may come.
  nonisolated var monitors: [ClusterMonitor] { roster.all }
  var agents: AttachedAgents
  nonisolated let agentBell: RetryBell
  /// What makes a monitor for a cluster of which an agent tells.
  let makeAttachedMonitor: @Sendable (OwnWay, String) -> ClusterMonitor
  nonisolated let newMonitors: AsyncStream<ClusterMonitor>
  let newMonitor: AsyncStream<ClusterMonitor>.Continuation
  nonisolated let didChange: @Sendable () -> Void
  /// What people said of findings.
  private(set) var notes = FindingNotes()
  let logs = LogReader()
  private let inventories: [InventoryFeed]
  private let remoteChecks: [RemoteCheckRunner]
  /// Where rules are read from; `nil` where there are none.
  var ruleLibrary: RuleLibrary?
  let clock: WallClock
  let journal: any HealMemory
  private let inventoryBell: RetryBell
  private var overview = FindingsOverview()
  var history = FleetHistory()
  /// Up to where each cluster's findings were told to whoever follows them from outside.
  var findingsTold: [String: FindingsTold] = [:]
  private let addressSignals: AsyncStream<Void>
  private let addressSignal: AsyncStream<Void>.Continuation
  /// The cells of a column that are being loaded.
  var columnLoad: ColumnLoad?
  var exchange: AddressExchange
  var isHealingPaused = false
  /// Why plans were not begun that were confirmed with others.
  var skippedPlans: [HealPlan.ID: String] = [:]
  /// Plans that wait for their turn and are not wanted any more.
  var abortedPlans: Set<HealPlan.ID> = []
  /// The exchange of addresses that is under way.
  var exchanging: Task<Void, Never>?
  /// Yields when pages made earlier are stale; many changes count as one.
  package nonisolated let changes: AsyncStream<Void>

  /// Makes a monitor for each source; `inventories` are what each of those that they concern is held
  /// against, `scopes` the networks that several share.
  package init(
    _ sources: [any ClusterSource],
    options: MonitorOptions,
    inventories: [InventoryFeed] = [],
    remoteChecks: [RemoteCheckRunner] = [],
    scopes: [AddressScope] = [],
    rules: RuleLibrary? = nil,
    agents: AgentSources = AgentSources(),
    clock: WallClock = .system
  ) {
    self.inventories = inventories
    self.remoteChecks = remoteChecks
    ruleLibrary = rules
    self.clock = clock
    journal = options.journal
    let inventoryBell = RetryBell(clock: clock)
    self.inventoryBell = inventoryBell
    let exchange = AddressExchange(scopes, among: sources.map(\.name))
    self.exchange = exchange
    (addressSignals, addressSignal) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let addressSignal = addressSignal
    let (changes, continuation) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    self.changes = changes
    didChange = { continuation.yield() }
    self.agents = AttachedAgents(agents, at: clock.now())
    agentBell = RetryBell(clock: clock)
    (newMonitors, newMonitor) = AsyncStream.makeStream(of: ClusterMonitor.self)
    makeAttachedMonitor = { way, name in
      ClusterMonitor(
        name: name,
        source: way.source,
        options: options.ofAttached(by: way.context),
        attachment: Attachment(context: way.context, impossible: way.impossible),
        clock: way.source.clock ?? clock,
        didChange: { continuation.yield() }
      )
    }
    let monitors = sources.enumerated().map { index, source in
      ClusterMonitor(
        source: source,
        options: options,
        inventories: inventories.filter { $0.settings.concerns(source.name) }
          .map(\.initialStatus),
        sharedRanges: exchange.ranges(ofCluster: index),
        remoteChecks: remoteChecks.map(\.check).filter { $0.settings.concerns(source.name) },
        releaseAddress: Self.releaser(inventories, inventoryBell),
        clock: source.clock ?? clock
      ) {
        continuation.yield()
        if !exchange.isEmpty { addressSignal.yield() }
      }
    }
    roster = Roster(monitors)
  }

  /// What releases addresses in the inventories, and has them read again at once.
  private static func releaser(
    _ inventories: [InventoryFeed],
    _ bell: RetryBell
  ) -> AddressReleasing {
    { release, isUnused in
      guard let feed = inventories.first(where: { $0.settings.name == release.inventory }) else {
        return StepFailure("\(release.inventory) is not read any more.")
      }
      do throws(InventoryError) {
        try await feed.release(release, if: isUnused)
      } catch {
        return StepFailure(error.description)
      }
      bell.ring()
      return nil
    }
  }

  /// Follows all clusters until the task is cancelled.
  package nonisolated func run() async {
    await withDiscardingTaskGroup { group in
      for monitor in monitors { group.addTask { await monitor.run() } }
      for feed in inventories { group.addTask { await self.follow(feed) } }
      for runner in remoteChecks {
        for monitor in monitors where runner.check.settings.concerns(monitor.name) {
          group.addTask { await runner.run(for: monitor, sleep: self.clock.sleep) }
        }
      }
      group.addTask { await self.noteHistory() }
      if await ruleLibrary != nil { group.addTask { await self.followRules() } }
      if await !exchange.isEmpty { group.addTask { await self.exchangeForEver() } }
      if await !agents.statuses.isEmpty { group.addTask { await self.followAgents() } }
    }
  }

  /// Tells an inventory's clusters what it says, until the task is cancelled.
  private nonisolated func follow(_ feed: InventoryFeed) async {
    let concerned = monitors.filter { feed.settings.concerns($0.name) }
    await feed.run(now: clock.now, sleep: inventoryBell.sleep) { update in
      for monitor in concerned { await monitor.take(update) }
    }
  }

  private nonisolated func exchangeForEver() async {
    for await _ in addressSignals {
      await exchangeAddresses()
      guard (try? await clock.sleep(.milliseconds(100))) != nil else { return }
    }
  }

  package func statuses() async -> [ClusterStatus] {
    var statuses: [ClusterStatus] = []
    for monitor in monitors { statuses.append(await monitor.status()) }
    return statuses + statusesOfAgentsAlone()
  }

  /// The window of the findings that `query` asks for, as of the last inspection; `nil` where the
  /// page that is known already is still as it was.
  package func findings(_ query: FindingsQuery) async -> FindingsPage? {
    for monitor in monitors where query.cluster == nil || monitor.name == query.cluster {
      let known = overview.revision(of: monitor.name)
      if let news = await monitor.snapshot(unless: known) {
        overview.take(news, at: WallClock.system.now())
      }
    }
    overview.fade(at: WallClock.system.now())
    guard query.known == nil || query.known != overview.revision else { return nil }
    var page = overview.page(query)
    page.now = WallClock.system.now()
    return page
  }

  /// The findings of a query's lines that are not over.
  package func there(_ query: FindingsQuery) async -> [Finding] {
    let rows = await findings(query)?.rows ?? []
    return rows.filter { $0.resolvedAt == nil }.map(\.finding)
  }

  /// Takes in what people said of findings.
  package func take(_ notes: FindingNotes) async {
    self.notes = notes
    for monitor in monitors { await monitor.take(notes) }
  }

  package func detail(of id: FindingID) async -> FindingDetail? {
    for monitor in monitors {
      if let detail = await monitor.detail(of: id) { return detail }
    }
    return nil
  }

  /// Tries a cluster again at once, whatever it waits for, and reads the inventories.
  package func retry(_ cluster: String) async {
    inventoryBell.ring()
    agentBell.ring()
    for monitor in monitors where monitor.name == cluster { await monitor.retry() }
  }
}
