import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// What the cluster serves, asked at the start and whenever something says that it changed.
extension ClusterMonitor {
  /// Kinds that are not followed: Events are served in two groups.
  private static let ignoredKinds: Set<ObjectKind> = [
    ObjectKind("Event", group: "events.k8s.io")
  ]

  /// Kinds whose objects say which kinds there are.
  private static let definingKinds: Set<ObjectKind> = [
    CustomResourceDefinition.kind, ObjectKind("APIService", group: "apiregistration.k8s.io"),
  ]

  /// How far behind a definition a server may be with what it says that it serves.
  private static let discoveryLag = Duration.seconds(1)
  /// How often the server is asked what it serves although nothing tells of a change: not everybody
  /// may watch definitions.
  static let discoveryInterval = Duration.seconds(300)
  private static let longestWait = Duration.seconds(30)

  /// Follows the cluster until the task is cancelled.
  package func run() async {
    guard await waitToBeNeeded() else { return stopAlarm() }
    let (signals, continuation) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    discoverySignal = continuation
    started = clock.now()
    continuation.yield()
    let besides = [
      Task { await askHealthForEver() },
      Task { await askUtilisationForEver() },
      Task { await auditForEver() },
      Task { await discoverNowAndThen() },
      Task { await widenNowAndThen() },
      Task { await beginWithPast() },
    ]
    await withTaskCancellationHandler {
      for await _ in signals { await discoverUntilDone() }
    } onCancel: {
      continuation.finish()
    }
    for task in besides { task.cancel() }
    secondLook?.cancel()
    for stream in streams.values { stream.task?.cancel() }
    for stream in streams.values { await stream.task?.value }
    stopAlarm()
  }

  private func discoverNowAndThen() async {
    while (try? await clock.sleep(Self.discoveryInterval)) != nil { discoverySignal?.yield() }
  }

  /// Discovers what the server serves; tries again for as long as it does not answer.
  private func discoverUntilDone() async {
    var wait = Duration.seconds(1)
    while !Task.isCancelled {
      do {
        if version.isEmpty { try await askVersion() }
        let discovery = try await source.discover()
        // What it took to get here is not needed again, and the lists need room.
        if streams.isEmpty { FilePages.letGo() }
        follow(discovery)
        return
      } catch {
        if streams.isEmpty { setConnection(.init(error)) }
        let pause = (error.retryAfter ?? wait) * Double.random(in: 1...1.5)
        guard (try? await retryBell.sleep(pause)) != nil else { return }
        wait = min(wait * 2, Self.longestWait)
      }
    }
  }

  /// Asks for the server's version, which not everybody is told.
  private func askVersion() async throws(KubernetesError) {
    do {
      let text = try await source.serverVersion()
      version = text
      update { graph, touched in
        graph.setServerVersion(KubernetesVersion(text), touching: &touched)
      }
    } catch .forbidden, .notFound {
      return
    }
  }

  /// Starts the streams of kinds that are new, and ends those of kinds that are gone.
  private func follow(_ discovery: Discovery) {
    let wanted = discovery.resources.filter {
      $0.isWatchable && !Self.ignoredKinds.contains($0.kind)
        && (options.namespaces.isEmpty || $0.isNamespaced || ObjectDecoder.isTyped($0.kind))
    }
    note(discovery.brokenGroups)
    noteServer { $0.hasMetrics = discovery.hasMetrics }
    let kinds = Set(wanted.map(\.kind))
    // What a broken group serves is not gone: its streams tell, and go on when it is mended.
    for kind in Set(streams.keys.map(\.kind))
    where !kinds.contains(kind) && !discovery.isBroken(kind.group) {
      endStreams(of: kind)
      update { graph, touched in
        graph.replace(kind, with: [], touching: &touched)
        graph.setKnowledge(of: kind, to: .unknown("no longer served"), touching: &touched)
      }
    }
    let followed = resources
    // Whoever comes first finds all turns to list free.
    let inOrder = wanted.sorted { Self.listPriority(of: $0.kind) < Self.listPriority(of: $1.kind) }
    for resource in inOrder where followed[resource.kind] != resource {
      // A kind that is served in another way is followed from the start.
      endStreams(of: resource.kind)
      start(resource)
    }
    noteStreams()
  }

  /// What is followed, by kind.
  var resources: [ObjectKind: APIResource] {
    streams.values.reduce(into: [:]) { $0[$1.resource.kind] = $1.resource }
  }

  /// As what a kind is followed; `nil` where it is not.
  func resource(of kind: ObjectKind) -> APIResource? {
    let everywhere = streams[ResourceStream.ID(kind: kind, namespace: nil)]
    return everywhere?.resource ?? streams.values.first { $0.resource.kind == kind }?.resource
  }

  /// Asks for a new discovery when definitions changed: kinds came or went, groups broke or were mended.
  func noteDefinitions(_ kind: ObjectKind) {
    guard Self.definingKinds.contains(kind) else { return }
    discoverNowAndSoon()
  }

  /// Asks, once, whether a kind that the server does not serve after all is served in another way.
  func noteUnsupported(_ id: ResourceStream.ID) {
    guard streams[id]?.hasAskedDiscovery == false else { return }
    streams[id]?.hasAskedDiscovery = true
    discoverNowAndSoon()
  }

  /// Asks for a discovery, and for another once the server may have caught up.
  private func discoverNowAndSoon() {
    discoverySignal?.yield()
    secondLook?.cancel()
    let (clock, signal) = (clock, discoverySignal)
    secondLook = Task {
      guard (try? await clock.sleep(Self.discoveryLag)) != nil else { return }
      signal?.yield()
    }
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
