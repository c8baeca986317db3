package import KubernetesObjects
import WireFormats

/// Keeps somebody informed of one resource: lists it, then follows its changes, whatever breaks.
package struct Reflector: Sendable {
  private let client: KubernetesClient
  private let resource: APIResource
  private let namespace: String?
  private let metadataOnly: Bool
  private let pageSize: Int
  private let sleep: @Sendable (Duration) async throws -> Void

  /// Makes a reflector; `sleep` is how it waits, which tests need not.
  package init(
    client: KubernetesClient,
    resource: APIResource,
    namespace: String?,
    metadataOnly: Bool,
    pageSize: Int = 500,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.client = client
    self.resource = resource
    self.namespace = namespace
    self.metadataOnly = metadataOnly
    self.pageSize = pageSize
    self.sleep = sleep
  }

  /// Runs until the task is cancelled.
  ///
  /// `deliver` is awaited, so that a slow receiver slows the server.
  package func run(_ deliver: @Sendable (StreamEvent) async -> Void) async {
    var state = ReflectorState(pageSize: pageSize)
    var listed: [ObjectSnapshot] = []
    var step = state.next
    await deliver(.state(.connecting))
    while !Task.isCancelled {
      let outcome: ReflectorState.Outcome
      switch step {
      case .list(let token, let limit):
        if token == nil {
          listed = []
          await deliver(.state(.listing))
        }
        outcome = await list(token, limit: limit, into: &listed, deliver)
      case .watch(let version): outcome = await watch(from: version, &state, deliver)
      case .wait(let time, let shown):
        await deliver(.state(shown))
        guard (try? await sleep(time)) != nil else { return }
        step = state.next
        continue
      }
      step = state.step(after: outcome, jitter: Double.random(in: 0..<1))
    }
  }

  private func list(
    _ token: String?,
    limit: Int,
    into listed: inout [ObjectSnapshot],
    _ deliver: @Sendable (StreamEvent) async -> Void
  ) async -> ReflectorState.Outcome {
    do {
      let page = try await client.list(
        resource,
        namespace: namespace,
        limit: limit,
        continueToken: token,
        metadataOnly: metadataOnly
      )
      listed += page.objects
      if page.continueToken == nil {
        await deliver(.replaced(listed, resourceVersion: page.resourceVersion))
        listed = []
      } else {
        let expected = page.remainingItemCount.map { listed.count + $0 }
        await deliver(.listing(received: listed.count, expected: expected))
      }
      return .page(resourceVersion: page.resourceVersion, continueToken: page.continueToken)
    } catch {
      return .failed(error)
    }
  }

  /// Follows one watch to its end, telling `state` of each version on the way.
  private func watch(
    from version: String,
    _ state: inout ReflectorState,
    _ deliver: @Sendable (StreamEvent) async -> Void
  ) async -> ReflectorState.Outcome {
    let start = ContinuousClock.now
    var hasProgressed = false
    do {
      // Servers end watches at random times too, so that clients do not come back together.
      var stream = try await client.watch(
        resource,
        namespace: namespace,
        from: version,
        metadataOnly: metadataOnly,
        timeout: .seconds(Int.random(in: 300...600))
      )
      defer { stream.cancel() }
      await deliver(.state(.watching))
      while let events = try await stream.next() {
        var batch = WatchBatch()
        for event in events where batch.failure == nil { batch.add(event, from: client) }
        if !batch.changes.isEmpty { await deliver(.changes(batch.changes)) }
        if let reached = batch.resourceVersion {
          hasProgressed = true
          _ = state.step(after: .progressed(resourceVersion: reached), jitter: 0)
        }
        if let failure = batch.failure { return failure }
      }
      return .watchEnded(atOnce: !hasProgressed && start.duration(to: .now) < .seconds(1))
    } catch {
      return .failed(error)
    }
  }
}

/// What the events of one chunk come to.
private struct WatchBatch {
  var changes: [ObjectChange] = []
  /// The version that the last good event reached.
  var resourceVersion: String?
  /// Why the watch cannot go on.
  var failure: ReflectorState.Outcome?

  mutating func add(_ event: Result<WatchEvent, WireError>, from client: KubernetesClient) {
    switch event {
    case .failure(let error): failure = .unreadableEvent("an event cannot be read: \(error)")
    case .success(.added(let object)), .success(.modified(let object)):
      changes.append(.upserted(object))
      resourceVersion = object.resourceVersion
    case .success(.deleted(let object)):
      changes.append(.deleted(object.record.key, uid: object.record.metadata.uid))
      resourceVersion = object.resourceVersion
    case .success(.bookmark(let version, _)): resourceVersion = version
    case .success(.error(let status)):
      let error = KubernetesError(
        status,
        retryAfter: nil,
        server: client.connection.server
      )
      failure = .failed(error)
    }
  }
}
