import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

// MARK: - The life of the streams

extension ClusterMonitor {
  /// Kinds that are not followed: nothing reads them yet, and they change the most.
  private static let ignoredKinds: Set<ObjectKind> = [
    ObjectKind("Event"), ObjectKind("Event", group: "events.k8s.io"),
  ]

  /// Follows the cluster until the task is cancelled.
  package func run() async {
    let (signals, continuation) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    discoverySignal = continuation
    started = clock.now()
    continuation.yield()
    let auditing = Task { await auditForEver() }
    await withTaskCancellationHandler {
      for await _ in signals { await discoverUntilDone() }
    } onCancel: {
      continuation.finish()
    }
    auditing.cancel()
    for stream in streams.values { stream.task.cancel() }
    for stream in streams.values { await stream.task.value }
    stopAlarm()
  }

  /// Discovers what the server serves; tries again for as long as it does not answer.
  private func discoverUntilDone() async {
    var wait = Duration.seconds(1)
    while !Task.isCancelled {
      do {
        if version.isEmpty { version = try await source.serverVersion() }
        follow(try await source.discover())
        return
      } catch {
        if streams.isEmpty { setConnection(.disconnected(error.description)) }
      }
      guard (try? await clock.sleep(wait)) != nil else { return }
      wait = min(wait * 2, .seconds(30))
    }
  }

  /// Starts the streams of kinds that are new, and ends those of kinds that are gone.
  private func follow(_ discovery: Discovery) {
    let wanted = discovery.resources.filter {
      $0.isWatchable && !Self.ignoredKinds.contains($0.kind)
        && (options.namespace == nil || $0.isNamespaced || ObjectDecoder().isTyped($0.kind))
    }
    let kinds = Set(wanted.map(\.kind))
    for (kind, stream) in streams where !kinds.contains(kind) {
      stream.task.cancel()
      streams[kind] = nil
      update { graph, touched in
        graph.replace(kind, with: [], touching: &touched)
        graph.setKnowledge(of: kind, to: .unknown("no longer served"), touching: &touched)
      }
    }
    for resource in wanted where streams[resource.kind] == nil {
      streams[resource.kind] = ResourceStream(resource: resource, task: makeTask(for: resource))
    }
    noteStreams()
  }

  /// Where a kind stands in the order of the first lists: those that checks read in full come
  /// first, since most findings depend on them, and of these the ones with few objects.
  static func listPriority(of kind: ObjectKind) -> Int {
    guard ObjectDecoder().isTyped(kind) else { return 2 }
    return kind == Pod.kind ? 1 : 0
  }

  /// Lists a kind again and follows it from there.
  func restart(_ kind: ObjectKind) {
    guard let resource = streams[kind]?.resource else { return }
    streams[kind]?.task.cancel()
    streams[kind]?.task = makeTask(for: resource)
  }

  private func makeTask(for resource: APIResource) -> Task<Void, Never> {
    let source = source
    let namespace = resource.isNamespaced ? options.namespace : nil
    var following = ReflectorOptions()
    following.metadataOnly = !ObjectDecoder().isTyped(resource.kind)
    following.gate = listGate
    following.priority = Self.listPriority(of: resource.kind)
    return Task {
      await source.follow(resource, namespace: namespace, options: following) { event in
        await receive(event, of: resource)
      }
    }
  }
}

// MARK: - What the streams bring

extension ClusterMonitor {
  /// Takes in what a stream delivers; the stream waits meanwhile.
  func receive(_ event: StreamEvent, of resource: APIResource) {
    guard streams[resource.kind]?.resource == resource else { return }
    switch event {
    case .listing(let received, _):
      streams[resource.kind]?.listed = received
    case .replaced(let snapshots, _):
      noteEvents(snapshots.count)
      if streams[resource.kind]?.isSynced == true { relists += 1 }
      streams[resource.kind]?.isSynced = true
      streams[resource.kind]?.isFresh = true
      streams[resource.kind]?.listed = 0
      let namespace = resource.isNamespaced ? options.namespace : nil
      update { graph, touched in
        graph.replace(resource.kind, in: namespace, with: snapshots, touching: &touched)
      }
      noteDefinitions(resource.kind)
    case .changes(let changes):
      noteEvents(changes.count)
      update { graph, touched in
        for change in changes {
          switch change {
          case .upserted(let snapshot): graph.upsert(snapshot, touching: &touched)
          case .deleted(let key, _): graph.remove(key, touching: &touched)
          }
        }
      }
      noteDefinitions(resource.kind)
    case .state(let state): note(state, of: resource.kind)
    }
    noteStreams()
  }

  private func note(_ state: StreamState, of kind: ObjectKind) {
    streams[kind]?.state = state
    switch state {
    case .connecting, .listing: break
    case .watching:
      if streams[kind]?.isFresh == false { resumes += 1 }
      streams[kind]?.isFresh = false
      streams[kind]?.brokenSince = nil
      if streams[kind]?.isSynced == true {
        update { $0.setKnowledge(of: kind, to: .known, touching: &$1) }
      }
    case .waiting:
      if streams[kind]?.brokenSince == nil { streams[kind]?.brokenSince = clock.now() }
      armAlarm()
    case .forbidden(let reason), .signedOut(let reason), .unsupported(let reason):
      update { $0.setKnowledge(of: kind, to: .unknown(reason), touching: &$1) }
    }
  }

  private func noteEvents(_ count: Int) {
    let now = clock.now()
    events.add(count, at: now)
    lastEvent = now
  }

  /// Asks for a new discovery when definitions changed: kinds came or went.
  private func noteDefinitions(_ kind: ObjectKind) {
    guard isSynced, kind == CustomResourceDefinition.kind else { return }
    discoverySignal?.yield()
  }

  /// Works out the state of the connection from those of its streams.
  private func noteStreams() {
    if !isSynced, !streams.isEmpty, streams.values.allSatisfy(\.isSettled) {
      isSynced = true
      syncDuration = started.elapsed(to: clock.now())
    }
    let broken = streams.values.compactMap(\.complaint)
    if !broken.isEmpty, broken.count == streams.count, let reason = broken.first {
      setConnection(.disconnected(reason))
    } else {
      setConnection(isSynced ? .watching : .syncing)
    }
    didChange()
  }

  private func setConnection(_ new: ClusterStatus.Connection) {
    guard new != connection else { return }
    connection = new
    connectionSince = clock.now()
    didChange()
  }

  /// How the monitor stands with its cluster.
  package func status() -> ClusterStatus {
    var status = ClusterStatus(
      name: name,
      server: source.server,
      connectionSince: connectionSince,
      now: clock.now()
    )
    status.version = version
    status.connection = connection
    status.kindsTotal = streams.count
    status.kindsSynced = streams.values.count(where: \.isSettled)
    status.objectCount = graph.objectCount
    status.objectsListed = streams.values.reduce(0) { $0 + $1.listed }
    status.eventsPerSecond = events.rate(at: clock.now())
    status.lastEvent = lastEvent
    status.syncDuration = syncDuration
    status.resumes = resumes
    status.relists = relists
    status.differencesFound = differencesFound
    status.requests = source.statistics
    status.findings = findings().reduce(into: [:]) { $0[$1.severity, default: 0] += 1 }
    status.suspectCount = suspectCount
    status.healsUnderWay = heals.values.count(where: \.isUnderWay)
    status.notInspected = streams.values.compactMap { stream in
      guard case .unknown(let reason) = graph.knowledge(of: stream.resource.kind) else {
        return nil
      }
      let kind = stream.resource.kind
      let checks = options.checks.filter { $0.needs.contains(kind) }.map(\.id)
      return ClusterStatus.NotInspected(kind: kind, reason: reason, checks: checks)
    }.sorted { $0.kind < $1.kind }
    status.isReadOnly = options.isReadOnly
    if case .atMost(let limit) = options.settlePolicy { status.settlesAtMost = limit }
    return status
  }
}

extension ResourceStream {
  /// Whether the first list is done, or will not be.
  fileprivate var isSettled: Bool {
    switch state {
    case .forbidden, .signedOut, .unsupported: true
    case .connecting, .listing, .waiting, .watching: isSynced
    }
  }

  /// Why nothing comes; `nil` while the stream runs.
  fileprivate var complaint: String? {
    switch state {
    case .waiting(_, let reason): reason
    case .signedOut(let reason): reason
    case .connecting, .listing, .watching, .forbidden, .unsupported: nil
    }
  }
}
