import AgentClient
import ClusterGraph
import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// A cluster whose findings agents tell: it is read directly only once something needs that.
///
/// What agents tell is shown as they tell it. What the monitor itself finds, once it reads the cluster, is shown
/// besides; and what it sees to be over is not shown any more, though agents may be behind.
extension ClusterMonitor {
  /// How long what is told may wait to be shown: much comes at once.
  private static let tellingWindow = Duration.milliseconds(50)

  /// Takes in what an agent tells of the cluster.
  func take(
    _ told: [FindingID: ToldFinding],
    _ cluster: AttachedCluster,
    _ status: AgentStatus,
    isComplete: Bool,
    of agent: Int
  ) {
    guard attachment != nil else { return }
    attachment?.shares[agent] = Attachment.Share(
      status: status,
      cluster: cluster,
      isComplete: isComplete
    )
    attachment?.findings.note(agent, isLive: status.connection == .following)
    let changed = attachment?.findings.take(told, of: agent, at: clock.now()) ?? []
    show(changed)
    didChange()
  }

  /// Takes in that an agent does not tell of the cluster any more.
  func forget(_ agent: Int) {
    guard let ids = attachment?.findings.forget(agent) else { return }
    attachment?.shares[agent] = nil
    show(ids)
    didChange()
  }

  /// Has findings shown as they are now, soon.
  func show(_ ids: [FindingID]) {
    guard attachment != nil, !ids.isEmpty else { return }
    attachment?.changed.formUnion(ids)
    guard attachment?.showing == nil else { return }
    let clock = clock
    attachment?.showing = Task { [weak self] in
      guard (try? await clock.sleep(Self.tellingWindow)) != nil else { return }
      await self?.showNow()
    }
  }

  private func showNow() {
    attachment?.showing = nil
    guard let ids = attachment?.changed, !ids.isEmpty else { return }
    attachment?.changed = []
    let now = clock.now()
    let before = ids.compactMap { digest[$0] }
    digest.update(changes(of: ids), in: graph, at: now)
    let gone = before.filter { digest[$0.id] == nil }
    resolved = (resolved + gone.map { ($0, now) }).suffix(100)
    judgeHeals()
    armAlarm()
    didChange()
  }

  /// What findings are now, as agents tell them or else as the monitor found them; the digest is told whose
  /// word it is.
  func changes(of ids: some Sequence<FindingID>) -> [FindingsDigest.Change] {
    ids.map { id in
      let told = attachment?.findings[id]
      digest.note(told, as: id)
      return (id, told?.finding ?? inspector.finding(id) ?? ownFindings[id])
    }
  }

  /// Ends the time that agents were given.
  func endGraces(at now: Timestamp) {
    guard let due = attachment?.findings.nextDeadline, due <= now,
      let ids = attachment?.findings.expire(at: now)
    else { return }
    show(ids)
  }

  /// Whether what a finding is about can be seen: what cannot be is not over.
  func isSeen(_ finding: Finding) -> Bool {
    finding.objects.allSatisfy { key in
      if case .unknown = graph.knowledge(of: key.kind) { false } else { true }
    }
  }

  /// Takes in that findings were seen to be over, by one who sees the whole cluster.
  func overrule(_ ids: [FindingID]) {
    guard attachment != nil, isSynced else { return }
    attachment?.findings.overrule(ids, at: clock.now())
    show(ids)
  }

  /// Whether a finding's condition still holds, as far as is seen here; what only agents look for, as they say.
  func stands(_ id: FindingID) -> Bool {
    if inspector.finding(id) != nil { return true }
    guard let attachment else { return false }
    if inspector.isSuspect(id) { return true }
    guard let told = attachment.findings[id] else { return false }
    return !options.checkSettings.enabled(among: options.checks)
      .contains { $0.id == told.finding.check }
  }
}

// MARK: - Reading the cluster

extension ClusterMonitor {
  /// Whether the cluster is read directly, and how far that is; done where no agent tells of it.
  var reading: DirectReading {
    guard let attachment else { return .done }
    if let reason = attachment.impossible { return .impossible(reason) }
    guard attachment.isToBeRead else { return .unread }
    if isSynced { return .done }
    if let trouble = connection.trouble {
      return .impossible(
        "The cluster cannot be read with context \(attachment.context): \(trouble)"
      )
    }
    let unsettled = Set(streams.values.filter { !$0.isSettled }.map(\.resource.kind)).count
    let total = Set(streams.keys.map(\.kind)).count
    return .underWay(synced: total - unsettled, total: total)
  }

  /// Has the cluster read with the user's own credentials, from now on.
  package func readDirectly() {
    guard attachment?.isToBeRead == false, attachment?.impossible == nil else { return }
    attachment?.isToBeRead = true
    attachment?.waker?.yield()
    didChange()
  }

  /// Waits until somebody needs the cluster, where agents tell of it; false where it will not be read.
  func waitToBeNeeded() async -> Bool {
    guard attachment != nil else { return true }
    let (signals, continuation) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    attachment?.waker = continuation
    if attachment?.isToBeRead == true { continuation.yield() }
    for await _ in signals { break }
    guard !Task.isCancelled else { return false }
    if let problem = await problemOfIdentity() {
      attachment?.impossible = problem
      didChange()
      return false
    }
    return true
  }

  /// Why what the user's context leads to is not the cluster of the agents; `nil` where it is, or nobody knows.
  private func problemOfIdentity() async -> String? {
    guard let attachment, !attachment.uid.isEmpty else { return nil }
    let resource = APIResource(
      kind: Namespace.kind,
      version: "v1",
      plural: "namespaces",
      isNamespaced: false
    )
    // Whoever may not look is not kept from anything: what is planned is planned by what is seen then.
    guard let object = try? await source.object(Self.identity, of: resource),
      let uid = object["metadata"]?["uid"]?.stringValue, uid != attachment.uid
    else { return nil }
    return "Context \(attachment.context) leads to another cluster than the agent's \(name). "
      + "Say in the configuration, in agents[].contexts, which context is right."
  }

  /// Has the cluster read, and waits until it is known what it serves, for a while.
  func beReadable() async {
    guard attachment != nil else { return }
    readDirectly()
    let end = clock.now() + .seconds(15)
    while streams.isEmpty, attachment?.impossible == nil, connection.trouble == nil,
      clock.now() < end, (try? await clock.sleep(.milliseconds(50))) != nil
    {}
  }

  /// The context by which kubectl reaches the cluster.
  var context: String {
    guard let context = attachment?.context, !context.isEmpty else { return name }
    return context
  }

  /// Why nothing can be planned yet, where agents tell of the cluster; it is read from then on.
  func obstacleToPlans() -> String? {
    guard attachment != nil else { return nil }
    readDirectly()
    return reading.obstacle
  }

  /// Puts what agents tell in place of what is not seen here.
  func addWhatAgentsTell(to status: inout ClusterStatus) {
    guard let attachment else { return }
    status.agents = attachment.shares.sorted { $0.key < $1.key }.map(\.value.status)
    status.reading = reading
    status.context = attachment.context
    guard !isSynced else { return }
    let (connection, since) = attachment.connection
    status.connection = connection
    status.connectionSince = since ?? connectionSince
    guard let told = attachment.cluster else { return }
    let all = attachment.shares.values.map(\.cluster)
    if version.isEmpty { status.version = told.version }
    status.uid = told.uid
    status.server = told.server
    status.kindsTotal = told.kinds
    status.kindsSynced = told.kindsSynced
    status.objectCount = all.reduce(0) { $0 + $1.objects }
    status.eventsPerSecond =
      connection.trouble == nil ? all.reduce(0) { $0 + $1.eventsPerSecond } : 0
    status.lag = all.map(\.lag).max() ?? .zero
    status.lastEvent = all.compactMap(\.lastEvent).max()
    status.suspectCount = all.reduce(0) { $0 + $1.suspects }
    status.notInspected = told.notInspected.map {
      ClusterStatus.NotInspected(
        kind: $0.kind,
        reason: $0.reason,
        onlyNamespaces: $0.onlyNamespaces,
        checks: $0.checks
      )
    }
    status.brokenGroups = told.brokenGroups.map { broken in
      let parts = broken.groupVersion.split(separator: "/", maxSplits: 1).map(String.init)
      return Discovery.BrokenGroup(
        group: parts.count > 1 ? parts[0] : "",
        version: parts.last ?? "",
        reason: broken.reason
      )
    }
  }
}
