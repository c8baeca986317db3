import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

// MARK: - The life of the streams

extension ClusterMonitor {
  /// Kinds that are not followed: Events are served in two groups.
  private static let ignoredKinds: Set<ObjectKind> = [
    ObjectKind("Event", group: "events.k8s.io")
  ]

  /// Which objects of a kind are followed, where that is not all: of Events only warnings, for of
  /// the others there are many, and no check reads them.
  static func fieldSelector(of kind: ObjectKind) -> String {
    kind == Event.kind ? "type=Warning" : ""
  }

  /// Kinds whose objects say which kinds there are.
  private static let definingKinds: Set<ObjectKind> = [
    CustomResourceDefinition.kind, ObjectKind("APIService", group: "apiregistration.k8s.io"),
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
    let asking = Task { await askHealthForEver() }
    await withTaskCancellationHandler {
      for await _ in signals { await discoverUntilDone() }
    } onCancel: {
      continuation.finish()
    }
    auditing.cancel()
    asking.cancel()
    for stream in streams.values { stream.task.cancel() }
    for stream in streams.values { await stream.task.value }
    stopAlarm()
  }

  /// Discovers what the server serves; tries again for as long as it does not answer.
  private func discoverUntilDone() async {
    var wait = Duration.seconds(1)
    while !Task.isCancelled {
      do {
        if version.isEmpty { noteVersion(try await source.serverVersion()) }
        follow(try await source.discover())
        return
      } catch {
        if streams.isEmpty { setConnection(.init(error)) }
      }
      guard (try? await retryBell.sleep(wait)) != nil else { return }
      wait = min(wait * 2, .seconds(30))
    }
  }

  private func noteVersion(_ text: String) {
    version = text
    update { graph, touched in
      graph.setServerVersion(KubernetesVersion(text), touching: &touched)
    }
  }

  /// Starts the streams of kinds that are new, and ends those of kinds that are gone.
  private func follow(_ discovery: Discovery) {
    let wanted = discovery.resources.filter {
      $0.isWatchable && !Self.ignoredKinds.contains($0.kind)
        && (options.namespace == nil || $0.isNamespaced || ObjectDecoder.isTyped($0.kind))
    }
    brokenGroups = discovery.brokenGroups
    noteServer { $0.hasMetrics = discovery.hasMetrics }
    let kinds = Set(wanted.map(\.kind))
    // What a broken group serves is not gone: its streams tell, and go on when it is mended.
    for (kind, stream) in streams where !kinds.contains(kind) && !discovery.isBroken(kind.group) {
      stream.task.cancel()
      streams[kind] = nil
      update { graph, touched in
        graph.replace(kind, with: [], touching: &touched)
        graph.setKnowledge(of: kind, to: .unknown("no longer served"), touching: &touched)
      }
    }
    for resource in wanted where streams[resource.kind] == nil {
      start(resource, in: resource.isNamespaced ? options.namespace : nil)
    }
    noteStreams()
  }

  /// Where a kind stands in the order of the first lists: those that checks read in full come
  /// first, since most findings depend on them, and of these the ones with few objects.
  static func listPriority(of kind: ObjectKind) -> Int {
    guard ObjectDecoder.isTyped(kind) else { return 2 }
    return kind == Pod.kind ? 1 : 0
  }

  /// Tries again at once whatever waits to be tried again.
  package func retry() { retryBell.ring() }

  /// Lists a kind again and follows it from there.
  func restart(_ kind: ObjectKind) {
    guard let stream = streams[kind] else { return }
    stream.task.cancel()
    streams[kind]?.task = makeTask(for: stream.resource, in: stream.namespace)
  }

  private func start(_ resource: APIResource, in namespace: String?) {
    streams[resource.kind]?.task.cancel()
    streams[resource.kind] = ResourceStream(
      resource: resource,
      namespace: namespace,
      task: makeTask(for: resource, in: namespace)
    )
  }

  private func makeTask(for resource: APIResource, in namespace: String?) -> Task<Void, Never> {
    let source = source
    var following = ReflectorOptions()
    following.metadataOnly = !ObjectDecoder.readsWhole(resource.kind)
    following.fieldSelector = Self.fieldSelector(of: resource.kind)
    following.gate = listGate
    following.priority = Self.listPriority(of: resource.kind)
    following.sleep = retryBell.sleep
    return Task {
      await source.follow(resource, namespace: namespace, options: following) { event in
        await receive(event, of: resource, in: namespace)
      }
    }
  }

  /// Follows a kind that may not be listed everywhere in the context's namespace, if it may there.
  private func narrow(_ resource: APIResource) async {
    guard resource.isNamespaced, let namespace = source.defaultNamespace,
      (try? await source.mayFollow(resource, in: namespace)) == true,
      let stream = streams[resource.kind], stream.resource == resource, stream.namespace == nil
    else { return }
    start(resource, in: namespace)
  }
}

// MARK: - What the streams bring

extension ClusterMonitor {
  /// Takes in what a stream delivers; the stream waits meanwhile.
  func receive(_ event: StreamEvent, of resource: APIResource, in namespace: String?) async {
    guard let stream = streams[resource.kind], stream.resource == resource,
      stream.namespace == namespace
    else { return }
    switch event {
    case .listing(let received, _):
      if stream.isSynced { streams[resource.kind]?.listed = received }
    case .part(let snapshots, let startsList):
      takeIn(snapshots, of: resource.kind, startsList: startsList)
    case .completed:
      if let list = streams[resource.kind]?.firstList.take() {
        if stream.isSynced { relists += 1 }
        update { graph, touched in graph.end(list, touching: &touched) }
      }
      noteList(of: resource.kind)
    case .replaced(let snapshots, _):
      noteEvents(snapshots.count)
      if stream.isSynced { relists += 1 }
      update { graph, touched in
        graph.replace(resource.kind, in: namespace, with: snapshots, touching: &touched)
      }
      noteList(of: resource.kind)
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
    if namespace == nil, case .state(.forbidden) = event { await narrow(resource) }
  }

  /// Takes in the next objects of a kind's first list.
  private func takeIn(_ snapshots: [ObjectSnapshot], of kind: ObjectKind, startsList: Bool) {
    guard let stream = streams[kind] else { return }
    noteEvents(snapshots.count)
    let begun = startsList ? nil : streams[kind]?.firstList.take()
    var list = begun ?? graph.beginList(of: kind, in: stream.namespace)
    update { graph, touched in graph.add(snapshots, to: &list, touching: &touched) }
    streams[kind]?.firstList = list
  }

  /// Notes that a list of `kind` is in the graph.
  private func noteList(of kind: ObjectKind) {
    streams[kind]?.isSynced = true
    streams[kind]?.isFresh = true
    streams[kind]?.listed = 0
    wasListed = true
    noteDefinitions(kind)
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
        let knowledge = Knowledge.known(in: streams[kind]?.namespace)
        update { $0.setKnowledge(of: kind, to: knowledge, touching: &$1) }
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

  /// Asks for a new discovery when definitions changed: kinds came or went, groups broke or were mended.
  private func noteDefinitions(_ kind: ObjectKind) {
    guard isSynced, Self.definingKinds.contains(kind) else { return }
    discoverySignal?.yield()
  }

  /// Works out the state of the connection from those of its streams.
  private func noteStreams() {
    if !isSynced, !streams.isEmpty, streams.values.allSatisfy(\.isSettled) {
      let listed = clock.now()
      syncDuration = started.elapsed(to: listed)
      inspectDirty()  // What was listed was there before, and is inspected as such.
      firstInspectionDuration = listed.elapsed(to: clock.now())
      isSynced = true
      FreeMemory.giveBack()
      wasListed = false
    }
    let broken = streams.values.compactMap(\.complaint)
    if let reason = streams.values.lazy.compactMap(\.signedOutReason).first {
      setConnection(.signedOut(reason))
    } else if !broken.isEmpty, broken.count == streams.count, let reason = broken.first {
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
}

extension ResourceStream {
  /// Whether the first list is done, or will not be.
  var isSettled: Bool {
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

  fileprivate var signedOutReason: String? {
    guard case .signedOut(let reason) = state else { return nil }
    return reason
  }
}

extension ClusterStatus.Connection {
  /// What it means that the server could not be asked what it serves.
  fileprivate init(_ error: KubernetesError) {
    switch error {
    case .unauthorized, .signIn: self = .signedOut(error.description)
    case .unusableContext: self = .unusable(error.description)
    default: self = .disconnected(error.description)
    }
  }
}
