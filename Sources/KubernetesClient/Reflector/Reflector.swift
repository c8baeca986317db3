package import KubernetesObjects
import WireFormats

/// Keeps somebody informed of one resource: lists it, then follows its changes, whatever breaks.
package struct Reflector: Sendable {
  private let client: KubernetesClient
  private let resource: APIResource
  private let namespace: String?
  private let options: ReflectorOptions

  package init(
    client: KubernetesClient,
    resource: APIResource,
    namespace: String?,
    options: ReflectorOptions = ReflectorOptions()
  ) {
    self.client = client
    self.resource = resource
    self.namespace = namespace
    self.options = options
  }

  /// Runs until the task is cancelled.
  ///
  /// `deliver` is awaited, so that a slow receiver slows the server.
  package func run(_ deliver: @Sendable (StreamEvent) async -> Void) async {
    var state = ReflectorState(mode: options.mode)
    var listed = Listed()
    var pool = SharingPool()
    var silence = options.silence
    var step = state.next
    await deliver(.state(.connecting))
    while !Task.isCancelled {
      let outcome: ReflectorState.Outcome
      switch step {
      case .list(let token, let limit):
        if token == nil { listed.restart() }
        let turn = await options.gate.turn(priority: options.priority)
        await deliver(.state(.listing))
        outcome = await list(token, limit: limit, into: &listed, &pool, deliver)
        turn.end()
      case .watch(let start):
        outcome = await watch(from: start, &state, &silence, &pool, deliver)
      case .wait(let time, let shown):
        await deliver(.state(shown))
        guard (try? await options.sleep(time)) != nil else { return }
        step = state.next
        continue
      }
      step = state.step(after: outcome, jitter: Double.random(in: 0..<1))
    }
  }

  private func list(
    _ token: String?,
    limit: Int,
    into listed: inout Listed,
    _ pool: inout SharingPool,
    _ deliver: @Sendable (StreamEvent) async -> Void
  ) async -> ReflectorState.Outcome {
    let before = listed.count
    var stream: ListStream
    do {
      stream = try await client.list(
        resource,
        namespace: namespace,
        limit: limit,
        continueToken: token,
        metadataOnly: options.metadataOnly,
        keeping: options.projection,
        of: options.filter,
        fieldSelector: options.fieldSelector
      )
    } catch {
      return .failed(error)
    }
    stream.pool = pool.take()
    defer { pool = stream.pool.take() }
    do {
      var objects = try await stream.next()
      while let part = objects {
        guard let event = listed.add(part) else {
          objects = try await stream.next()
          continue
        }
        // What has come is taken in while the next is read.
        async let taken: Void = deliver(event)
        objects = try await stream.next()
        await taken
      }
    } catch {
      listed.goBack(to: before)
      return .listBroke(error)
    }
    let metadata = stream.metadata
    if metadata.continueToken == nil {
      for event in listed.complete(at: metadata.resourceVersion) { await deliver(event) }
    } else {
      let expected = metadata.remainingItemCount.map { listed.count + $0 }
      await deliver(.listing(received: listed.count, expected: expected))
    }
    return .page(
      resourceVersion: metadata.resourceVersion,
      continueToken: metadata.continueToken
    )
  }

  /// How long a watch has to stand to count as a success though it brought nothing.
  private static let longWatch = Duration.seconds(30)

  /// Follows one watch to its end, telling `state` of each version on the way.
  private func watch(
    from start: WatchStart,
    _ state: inout ReflectorState,
    _ silence: inout ExpectedSilence,
    _ pool: inout SharingPool,
    _ deliver: @Sendable (StreamEvent) async -> Void
  ) async -> ReflectorState.Outcome {
    let began = ContinuousClock.now
    var isOpen = false
    var hasProgressed = false
    // Servers end watches at random times too, so that clients do not come back together.
    let timeout = Duration.seconds(Int.random(in: 300...600))
    var initial: InitialEvents? = start == .initialEvents ? InitialEvents() : nil
    // A streaming list is a list, and waits for its turn; following it is not.
    var turn: ListGate.Turn?
    if initial != nil { turn = await options.gate.turn(priority: options.priority) }
    do {
      if initial != nil { await deliver(.state(.listing)) }
      var stream = try await client.watch(
        resource,
        namespace: namespace,
        from: start,
        metadataOnly: options.metadataOnly,
        keeping: options.projection,
        of: options.filter,
        fieldSelector: options.fieldSelector,
        timeout: timeout,
        silence: silence.limit(within: timeout)
      )
      isOpen = true
      stream.pool = pool.take()
      defer {
        stream.cancel()
        pool = stream.pool.take()
      }
      if initial == nil { await deliver(.state(.watching)) }
      while let events = try await stream.next() {
        var batch = WatchBatch()
        for event in events where batch.failure == nil { batch.add(event, from: client) }
        if batch.hasBookmark, silence.noteBookmark() {
          stream.limitSilence(to: silence.limit(within: timeout))
        }
        if initial != nil {
          initial?.add(batch.changes)
          if batch.endsInitialEvents, let version = batch.resourceVersion {
            await deliver(.replaced(initial?.objects ?? [], resourceVersion: version))
            await deliver(.state(.watching))
            initial = nil
            turn.take()?.end()
          }
        } else if !batch.changes.isEmpty {
          await deliver(.changes(batch.changes))
        }
        if let reached = batch.resourceVersion, initial == nil {
          hasProgressed = true
          _ = state.step(after: .progressed(resourceVersion: reached), jitter: 0)
        }
        if let failure = batch.failure { return failure }
      }
      return .watchEnded(atOnce: !hasProgressed && began.duration(to: .now) < .seconds(1))
    } catch .silent(_, let isConnectionAlive) where isOpen {
      if isConnectionAlive { silence.noteSilence() }
      return .wentSilent
    } catch {
      let hasStood = isOpen && began.duration(to: .now) > Self.longWatch
      return hasStood ? .watchBroke(error) : .failed(error)
    }
  }
}
