import ClusterGraph
import Healing
import Inspection
package import Inventories
import KubernetesClient
package import KubernetesObjects
package import RemoteChecks

/// The one writer of a cluster's state: its graph, its findings, and what is being healed.
///
/// Nobody copies the model; screens ask for the page that they show.
package actor ClusterMonitor {
  package nonisolated let name: String
  let source: any ClusterSource
  var options: MonitorOptions
  let releaseAddress: AddressReleasing?
  /// Asked for each kind and all the time while the first lists come.
  var checksByNeed: [ObjectKind: [CheckID]]
  let clock: WallClock
  /// Tells whoever watches that pages made earlier are stale.
  let didChange: @Sendable () -> Void

  var graph = ClusterGraph()
  /// What is known of kinds besides what KPatrol knows of them.
  var extensions: [ObjectKind: KindExtension] = [:]
  var inspector: Inspector
  var rules = RulesInForce()
  /// The rules that ConfigMaps of the cluster itself bring.
  var livePacks = LivePacks()
  /// The rows of the last query, in order.
  var openRows: OpenRows?
  /// Whether objects of the kind whose rows are open have other versions, and look the same otherwise.
  var hasNewVersions = false
  /// The kinds whose objects the user may list, and not get.
  var kindsWithoutGet: Set<ObjectKind> = []
  var streams: [ResourceStream.ID: ResourceStream] = [:]
  let listGate = ListGate()
  let retryBell: RetryBell
  /// What the user may do, by namespace.
  var askedRules: [String: AskedRules] = [:]
  var heals: [HealPlan.ID: HealState] = [:] { didSet { pageRevision += 1 } }
  /// The plans that are being carried out.
  var executions: [HealPlan.ID: Task<Healer.Outcome, Never>] = [:]
  /// What the journal knows plans by.
  var intents: [HealPlan.ID: HealIntent.ID] = [:]
  var isHealingPaused = false
  var past = HealingPast()
  var isReadingPast = false
  var permissions = Permissions()
  var queue = HealQueue()
  var version = ""
  var connection = ClusterStatus.Connection.connecting
  var connectionSince: Timestamp
  var events = RateMeter()
  /// How many objects and events came so far.
  var eventCount = 0
  private(set) var lag = InspectionLag()
  var lastEvent: Timestamp?
  var started: Timestamp
  /// How long it took until all first lists were in the graph.
  var syncDuration: Duration?
  /// How long it then took until what they brought was inspected.
  var firstInspectionDuration: Duration?
  /// Inspects what the first lists brought, in parts; `nil` before and after.
  var firstInspection: Task<Void, Never>?
  var resumes = 0
  var relists = 0
  /// API groups whose own servers did not answer the last discovery.
  var brokenGroups: [Discovery.BrokenGroup] = []
  /// Since when they do not, by their groups and versions.
  var brokenGroupsSince: [String: Timestamp] = [:]
  var health = RequestHealth()
  /// What of the cluster is followed and inspected.
  var coverage: CoverageState
  /// Numbers the runs of streams.
  var runs = 0
  /// Whether it was asked, or tried to be, what Pods and Nodes use.
  var hasAskedUtilisation = false
  /// The findings that the monitor makes itself, about broken groups.
  var ownFindings: [FindingID: Finding] = [:]
  /// How many objects of the model were found wrong so far.
  var differencesFound = 0
  /// The inventories that the cluster is held against.
  var inventories: [HeldInventory]
  /// The services that are told of the cluster's objects.
  var remoteFeeds: [RemoteFeed]
  package nonisolated let remoteSignal = RemoteSignal()
  /// The addresses of Pods that other clusters have to know of.
  var claims: AddressClaims
  /// Whether every kind of the first discovery was listed, or turned out to be unreadable.
  var isSynced = false
  var discoverySignal: AsyncStream<Void>.Continuation?
  /// Waits to ask again what is served, for the server may not have said all yet.
  var secondLook: Task<Void, Never>?
  /// What was touched and is not inspected yet.
  private(set) var dirty: HandleSet = []
  /// What is being inspected in parts.
  private var backlog: Backlog?
  /// Whether a list came in since the last time that free memory was given back.
  var wasListed = false
  /// Waits to inspect what is dirty.
  private var batch: Task<Void, Never>?
  private var alarm: (time: Timestamp, task: Task<Void, Never>)?
  /// What agents tell of the cluster; `nil` where it is patrolled directly from the start.
  var attachment: Attachment?
  /// The findings as they are shown, as of the last inspection.
  var digest: FindingsDigest
  /// Another number whenever pages of findings made earlier are stale.
  var pageRevision = 0
  /// When causes are sought anew for a page that was given older ones.
  var nextCauses: Timestamp?
  /// What proves the finding that somebody looks at besides, as of then.
  var closerLook: (id: FindingID, time: Timestamp, evidence: [Evidence])?
  /// What was given to another agent, until that one has it; `nil` where nothing was lately.
  var farewell: Farewell?
  /// What is written down of the findings.
  var findingsRecord = FindingsRecord()
  /// The last findings that were resolved, newest last.
  var resolved: [(finding: Finding, time: Timestamp)] = []

  package init(
    source: any ClusterSource,
    options: MonitorOptions,
    inventories: [InventoryStatus] = [],
    sharedRanges: [IPPrefix] = [],
    remoteChecks: [RemoteCheck] = [],
    releaseAddress: AddressReleasing? = nil,
    clock: WallClock = .system,
    didChange: @escaping @Sendable () -> Void = {}
  ) {
    self.init(
      name: source.name,
      source: source,
      options: options,
      inventories: inventories,
      sharedRanges: sharedRanges,
      remoteChecks: remoteChecks,
      releaseAddress: releaseAddress,
      attachment: nil,
      clock: clock,
      didChange: didChange
    )
  }

  /// The same of a cluster that agents tell of, where there is an attachment, under the name that they have for
  /// it.
  init(
    name: String,
    source: any ClusterSource,
    options: MonitorOptions,
    inventories: [InventoryStatus] = [],
    sharedRanges: [IPPrefix] = [],
    remoteChecks: [RemoteCheck] = [],
    releaseAddress: AddressReleasing? = nil,
    attachment: Attachment?,
    clock: WallClock,
    didChange: @escaping @Sendable () -> Void
  ) {
    self.attachment = attachment
    self.inventories = inventories.map { HeldInventory(status: $0) }
    remoteFeeds = remoteChecks.map { RemoteFeed($0) }
    var options = options
    options.checks += remoteChecks.map { RemoteFindingCheck($0) }
    claims = AddressClaims(in: sharedRanges)
    self.name = name
    self.source = source
    self.options = options
    self.releaseAddress = releaseAddress
    checksByNeed = Self.checksByNeed(options)
    self.clock = clock
    self.didChange = didChange
    coverage = CoverageState(options.coverage, own: options.ownCoverage)
    retryBell = RetryBell(clock: clock)
    started = clock.now()
    connectionSince = started
    digest = FindingsDigest(options, at: started)
    inspector = Inspector(
      cluster: name,
      checks: options.checks,
      settings: options.checkSettings,
      policy: options.settlePolicy
    )
    _ = inspector.cover(options.coverage, in: graph)
    extensions = Self.extensions([:], with: remoteChecks)
    var touched: HandleSet = []
    for (kind, known) in extensions {
      graph.setExtension(of: kind, to: known, touching: &touched)
    }
  }
}

// MARK: - Changes

extension ClusterMonitor {
  /// How long what changed may wait to be inspected: what changes again meanwhile, and neighbours
  /// that several changes touch, are inspected once.
  private static let batchWindow = Duration.milliseconds(100)
  /// The same while the first lists come in, when all that is there is inspected once they are done.
  private static let syncingWindow = Duration.seconds(5)

  /// For how long others wait at most while a part is inspected: half a frame.
  private static let partDuration = Duration.milliseconds(8)

  /// Changes the graph by `change`; what that touched is inspected soon, and before anybody asks.
  func update(_ change: (inout ClusterGraph, inout HandleSet) -> Void) {
    graph.time = clock.now()
    change(&graph, &dirty)
    if !dirty.isEmpty { lag.noteChange(at: graph.time) }
    armBatch()
  }

  /// Sees to it that what was touched is inspected after a while.
  private func armBatch() {
    guard batch == nil, hasNews else { return }
    let clock = clock
    let window = isSynced ? Self.batchWindow : Self.syncingWindow
    batch = Task { [weak self] in
      guard (try? await clock.sleep(window)) != nil else { return }
      await self?.inspectInParts()
    }
  }

  /// Ends the patience that there is while the first lists come.
  func endSyncingWindow() {
    batch?.cancel()
    batch = nil
    armBatch()
  }

  /// Whether there is anything that pages do not show yet.
  private var hasNews: Bool {
    !dirty.isEmpty || hasNewVersions || inspector.mayBeOutdated(in: graph)
  }

  /// Inspects all that was touched since the last time, and takes in what became of it.
  func inspectDirty() {
    finishBacklog()
    beginBacklog()
    finishBacklog()
  }

  /// The same, but lets others have their turn now and then: after the first lists, or when it turns out
  /// that a kind cannot be read, there may be a second of work.
  func inspectInParts() async {
    while inspectPart(within: Self.partDuration) { await Task.yield() }
    beginBacklog()
    while inspectPart(within: Self.partDuration) { await Task.yield() }
  }

  /// Begins the same; true where there is more to be done in parts.
  func beginInspectingInParts() -> Bool {
    finishBacklog()
    beginBacklog()
    return inspectPart(within: Self.partDuration)
  }

  /// Begins to inspect what was touched since the last time.
  private func beginBacklog() {
    batch?.cancel()
    batch = nil
    guard hasNews else { return }
    hasNewVersions = false
    lag.noteBegin()
    graph.linkInventories(touching: &dirty)
    claims.note(dirty, in: graph)
    noteForRemoteChecks(touching: &dirty)
    digest.update(bySeeing: dirty, in: graph, at: clock.now())
    updateRows(dirty, at: clock.now())
    noteEndsInFarewell(at: dirty)
    backlog = Backlog(touched: inspector.prepare(dirty, in: graph))
    dirty = []
  }

  func finishBacklog() { while inspectPart(within: .seconds(3600)) {} }

  /// Inspects what can be within about such a time; tells whether there is more.
  private func inspectPart(within limit: Duration) -> Bool {
    guard var begun = backlog.take() else { return false }
    let end = ContinuousClock.now + limit
    var delta = FindingsDelta()
    repeat {
      delta += inspector.inspect(
        begun.nextPart(),
        of: begun.touched,
        in: graph,
        at: clock.now(),
        watchedFromStart: isSynced
      )
    } while !begun.isDone && ContinuousClock.now < end
    take(delta)
    guard begun.isDone else {
      backlog = begun
      return true
    }
    lag.noteEnd(at: clock.now())
    // What was removed meanwhile is freed once whoever saw it there has been told.
    if dirty.isEmpty { graph.freeUnusedVertices() }
    if wasListed, isSynced {
      wasListed = false
      FreeMemory.giveBack()
    }
    judgeHeals()
    noteEndings()
    armAlarm()
    return false
  }

  /// Inspects what changed, and turns suspects whose time has come into findings.
  func catchUp() {
    inspectDirty()
    take(inspector.advance(to: clock.now(), in: graph))
  }

  /// Takes in that which groups are broken, or for how long, may have changed.
  func noteBrokenGroups() {
    let changes = brokenGroupChanges()
    digest.update(changes, in: graph, at: clock.now())
    noteEndings()
    didChange()
  }

  /// Takes in what people said of findings.
  func take(_ notes: FindingNotes) {
    digest.take(notes, in: graph, at: clock.now())
    armAlarm()
    didChange()
  }

  private func take(_ delta: FindingsDelta) {
    defer { didChange() }
    guard !delta.isEmpty else { return }
    coverage.moved.subtract(delta.raised.map(\.id))
    let now = clock.now()
    let ids = [delta.resolved, delta.raised, delta.changed].joined().map(\.id)
    overrule(delta.resolved.filter(isSeen).map(\.id))
    digest.update(changes(of: ids), in: graph, at: now)
    resolved = (resolved + delta.resolved.map { ($0, now) }).suffix(100)
    forgetHeals(of: delta.raised)
    record(delta, at: now)
    // What the monitor finds itself may be found by a check by now, or no longer.
    if !brokenGroups.isEmpty { digest.update(brokenGroupChanges(), in: graph, at: now) }
    queue(ids)
  }

  /// Sees to it that the next deadline is met, with no timer running where there is none.
  func armAlarm() {
    let deadlines =
      [
        inspector.nextDeadline, nextBrokenGroupDeadline, digest.end, nextCauses,
        queue.nextDeadline, findingsRecord.nextLook, attachment?.findings.nextDeadline,
        farewell?.end,
      ]
      + streams.values.flatMap { [$0.doubtDeadline, $0.nextTry] } + heals.values.map(\.deadline)
    guard let next = deadlines.compactMap(\.self).min() else { return }
    if let alarm, alarm.time <= next { return }
    alarm?.task.cancel()
    let wait = clock.now().elapsed(to: next)
    let clock = clock
    let task = Task { [weak self] in
      guard (try? await clock.sleep(max(wait, .zero))) != nil else { return }
      await self?.alarmRang()
    }
    alarm = (next, task)
  }

  private func alarmRang() {
    alarm = nil
    inspectDirty()
    let now = clock.now()
    endRests(at: now)
    endGraces(at: now)
    if let farewell, farewell.end <= now { endFarewell() }
    take(inspector.advance(to: now, in: graph))
    judgeHeals()
    recordEnded(at: now)
    makeQueuedPlans()
    if !brokenGroups.isEmpty { noteBrokenGroups() }
    if digest.update(bySeeing: now, in: graph) { didChange() }
    if let due = nextCauses, due <= now {
      nextCauses = nil
      pageRevision += 1
      didChange()
    }
    for (id, stream) in streams {
      guard let deadline = stream.doubtDeadline, deadline <= now else { continue }
      let seconds = ResourceStream.patience.milliseconds / 1000
      streams[id]?.doubt = "no connection for \(seconds) s"
      noteKnowledge(of: id.kind)
    }
    armAlarm()
  }

  func stopAlarm() {
    firstInspection?.cancel()
    batch?.cancel()
    batch = nil
    alarm?.task.cancel()
    alarm = nil
  }
}
