import ClusterGraph
import Healing
import Inspection
import KubernetesObjects
import RemoteChecks

extension ClusterMonitor {
  /// The checks that are run, by the kinds without which they say nothing, or nothing of those.
  static func checksByNeed(_ options: MonitorOptions) -> [ObjectKind: [CheckID]] {
    var checks: [ObjectKind: [CheckID]] = [:]
    for check in options.checkSettings.enabled(among: options.checks) {
      for kind in check.blindWithout { checks[kind, default: []].append(check.id) }
    }
    return checks
  }

  /// The object whose uid tells one cluster from another.
  static let identity = ObjectKey(Namespace.kind, name: "kube-system")

  /// How the monitor stands with its cluster, as of the last inspection.
  package func status() -> ClusterStatus {
    var status = ClusterStatus(
      name: name,
      server: source.server,
      connectionSince: connectionSince,
      now: clock.now()
    )
    status.uid = graph.record(Self.identity)?.metadata.uid.description ?? ""
    status.version = version
    status.connection = connection
    let unsettled = Set(streams.values.filter { !$0.isSettled }.map(\.resource.kind))
    let kinds = Set(streams.keys.map(\.kind))
    status.kindsTotal = kinds.count
    status.kindsSynced = kinds.count - unsettled.count
    status.objectCount =
      (ObjectKind.own + remoteKinds).reduce(graph.objectCount) { $0 - graph.count(of: $1) }
    status.objectsListed = streams.values.reduce(0) { $0 + $1.listed }
    status.eventsPerSecond = events.rate(at: clock.now())
    status.eventCount = eventCount
    status.lag = lag.lag(at: clock.now())
    status.lastEvent = lastEvent
    status.syncDuration = syncDuration
    status.firstInspectionDuration = firstInspectionDuration
    status.resumes = resumes
    status.relists = relists
    status.differencesFound = differencesFound
    status.requests = source.statistics
    status.findings = digest.counts
    status.mutedCount = digest.mutedCount
    status.suspectCount = inspector.suspectCount
    status.healsUnderWay = heals.values.count(where: \.isRunning)
    status.isHealingPaused = isHealingPaused
    status.queuedPlans = queue.plans.count
    status.inventories = inventories.map(\.status)
    status.remoteChecks = remoteFeeds.map(\.status)
    status.notInspected = notInspected()
    status.absentNamespaces = options.namespaces.filter { name in
      graph.presence(of: .object(ObjectKey(Namespace.kind, name: name))).isAbsent
    }
    status.readOnlyRule = options.guardrails.readOnlyRule(of: name)
    status.brokenGroups = brokenGroups
    if case .atMost(let limit) = options.settlePolicy { status.settlesAtMost = limit }
    addWhatAgentsTell(to: &status)
    return status
  }

  /// What cannot be seen, or not everywhere.
  func notInspected() -> [ClusterStatus.NotInspected] {
    let kinds = Set(streams.keys.map(\.kind))
    let own = wantsUtilisation && hasAskedUtilisation ? [UtilisationRecord.kind] : []
    return (kinds.sorted() + inventoryKinds + remoteKinds + own).compactMap(notInspected)
  }

  /// What of a kind cannot be seen; `nil` where all can, or no more was asked for.
  private func notInspected(_ kind: ObjectKind) -> ClusterStatus.NotInspected? {
    let checks = checksByNeed[kind] ?? []
    switch graph.knowledge(of: kind) {
    case .known: return nil
    case .unknown(let reason):
      return ClusterStatus.NotInspected(kind: kind, reason: reason, checks: checks)
    case .knownIn(let namespaces):
      guard namespaces != Set(options.namespaces) else { return nil }
      let names = namespaces.sorted()
      return ClusterStatus.NotInspected(
        kind: kind,
        reason: "only namespace \(names.joined(separator: ", ")) may be listed",
        onlyNamespaces: names,
        checks: checks
      )
    }
  }
}
