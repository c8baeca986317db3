import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// The life of the streams: a stream for each kind, and for each namespace where not all are read.
extension ClusterMonitor {
  /// Which objects of a kind are followed, where that is not all: of Events only warnings, for of
  /// the others there are many, and no check reads them.
  static func fieldSelector(of kind: ObjectKind) -> String {
    kind == Event.kind ? "type=Warning" : ""
  }

  /// Where a kind stands in the order of the first lists: Pods, whose list is nearly always the longest
  /// and may come while all others do, then those that checks read in full.
  static func listPriority(of kind: ObjectKind) -> Int {
    guard ObjectDecoder.isTyped(kind) else { return 2 }
    return kind == Pod.kind ? 0 : 1
  }

  /// Tries again at once whatever waits to be tried again, and over new connections whatever waits
  /// for one that may be dead.
  package func retry() {
    askedRules = [:]
    kindsWithoutGet = []
    source.leaveSilentConnections()
    retryBell.ring()
    retryRemoteChecks()
    for (id, stream) in streams where stream.nextTry != nil { restart(id) }
  }

  /// Lists a stream's kind again and follows it from there.
  func restart(_ id: ResourceStream.ID) {
    guard let stream = streams[id] else { return }
    stream.task?.cancel()
    streams[id]?.nextTry = nil
    let run = nextRun()
    streams[id]?.run = run
    streams[id]?.task = makeTask(for: stream.resource, in: stream.namespace, run)
  }

  /// Lets a stream rest that is refused: a user who may read little has a hundred of them, and one that
  /// waits takes 20 KB.
  func rest(_ id: ResourceStream.ID) {
    streams[id]?.task.take()?.cancel()
    streams[id]?.nextTry = clock.now() + ReflectorState.forbiddenWait
    armAlarm()
  }

  /// Starts again what has rested for long enough.
  func endRests(at now: Timestamp) {
    for (id, stream) in streams {
      if let next = stream.nextTry, next <= now { restart(id) }
    }
  }

  /// Follows a resource wherever it is wanted.
  func start(_ resource: APIResource) {
    guard resource.isNamespaced, !options.namespaces.isEmpty else {
      return start(resource, in: nil)
    }
    for namespace in options.namespaces { start(resource, in: namespace) }
  }

  /// Follows a resource in one namespace, or in all.
  func start(_ resource: APIResource, in namespace: String?) {
    let id = ResourceStream.ID(kind: resource.kind, namespace: namespace)
    let run = nextRun()
    let stream = ResourceStream(
      resource: resource,
      namespace: namespace,
      run: run,
      task: makeTask(for: resource, in: namespace, run)
    )
    streams.updateValue(stream, forKey: id)?.task?.cancel()
  }

  func endStreams(of kind: ObjectKind) {
    for (id, stream) in streams where id.kind == kind {
      stream.task?.cancel()
      streams[id] = nil
    }
  }

  /// What tells a stream's runs from those before them, of which something may still come.
  private func nextRun() -> Int {
    runs += 1
    return runs
  }

  private func makeTask(
    for resource: APIResource,
    in namespace: String?,
    _ run: Int
  ) -> Task<Void, Never> {
    let source = source
    var following = ReflectorOptions()
    following.mode = options.listing(name)
    following.projection = extensions[resource.kind]?.projection
    following.metadataOnly =
      following.projection == nil && !ObjectDecoder.readsWhole(resource.kind)
    following.filter = coverage.filter(of: resource, rulesIn: options.trustedRuleNamespaces)
    following.fieldSelector = Self.fieldSelector(of: resource.kind)
    following.gate = listGate
    following.priority = Self.listPriority(of: resource.kind)
    following.sleep = retryBell.sleep
    return Task {
      await source.follow(resource, namespace: namespace, options: following) { event in
        await receive(event, of: resource, in: namespace, run)
      }
    }
  }
}
