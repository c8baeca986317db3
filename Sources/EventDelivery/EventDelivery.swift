package import CloudEvents
package import HTTP
package import Inspection
import Journal
package import KubernetesObjects
package import Monitoring
import RemoteChecks
import Reporting
import Synchronization
import UserConfiguration

/// Tells a sink of findings and heals: at least once each, those about one thing in order, whatever becomes of
/// the sink and of this program meanwhile.
///
/// What is told is the difference between what the outbox says was told and what there is.
package final class EventDelivery: Sendable {
  /// Changes that come faster are written together.
  private static let turnInterval = Duration.milliseconds(200)
  /// Findings are compared with what was told so often at least.
  private static let longestTurn = Duration.seconds(1)
  private static let pruneInterval = Duration.seconds(3600)
  /// How many changes are one transaction.
  private static let chunk = 1_000
  /// For so long it is tried to empty the outbox when it is to end.
  private static let drainLimit = Duration.seconds(5)

  package let sink: EventSink
  private let outbox: Outbox
  private let sender: OutboxSender
  private let health = SinkHealth()
  private let signal = RemoteSignal()
  private let pending = PendingChanges()
  private let pendingSignal = RemoteSignal()
  private let clock: WallClock
  private let say: @Sendable (String) -> Void
  private let state = Mutex(State())

  private struct State {
    var dropped: DroppedEvents = [:]
    /// Why nothing can be written.
    var problem: String?
    /// Whether what there is must be compared with what was told, all of it.
    var mustCompareAll = false
    var lastDropSaid: ContinuousClock.Instant?
    /// Of how many dropped events it was looked for what still holds of them.
    var madeUpFor = 0

    mutating func takeMustCompareAll() -> Bool {
      defer { mustCompareAll = false }
      return mustCompareAll
    }
  }

  /// What takes replies of the sink, which may hold findings.
  package typealias ReplyTaker = @Sendable (ReadEvents) async -> Void

  /// `say` is told what somebody should know; the outbox is in `folder`, or in memory.
  package init(
    _ sink: EventSink,
    folder: String?,
    eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String],
    clock: WallClock = .system,
    backoff: DeliveryBackoff = DeliveryBackoff(),
    say: @escaping @Sendable (String) -> Void,
    takeReply: @escaping ReplyTaker = { _ in }
  ) {
    self.sink = sink
    self.clock = clock
    self.say = say
    let settings = sink.settings
    outbox = Outbox(
      folder: folder,
      limits: OutboxLimits(events: settings.maxEvents, bytes: settings.maxMegabytes << 20),
      tells: { settings.tells($0) },
      say: say
    )
    sender = OutboxSender(
      outbox: outbox,
      sink: ServiceSender(
        sink.remote(),
        eventLoop: eventLoop,
        userAgent: userAgent,
        environment: environment
      ),
      health: health,
      signal: signal,
      workers: settings.concurrency,
      batchSize: settings.mode == .batch ? settings.batchSize : 1,
      backoff: backoff,
      now: clock.now,
      say: say,
      takeReply: takeReply
    )
  }

  /// Tells of a fleet's findings and of all else that is written into the outbox until the task is cancelled;
  /// then it writes what is left, and tries for a moment to send it.
  package func run(following fleet: Fleet?) async {
    // Tasks of their own, which end in order.
    let writing = Task { await self.write(following: fleet) }
    let sending = Task { await self.sender.run() }
    while (try? await Task.sleep(for: .seconds(3600))) != nil {}
    writing.cancel()
    await writing.value
    await Task { await self.drain() }.value
    sending.cancel()
    await sending.value
  }

  private func drain() async {
    let end = ContinuousClock.now + Self.drainLimit
    while ContinuousClock.now < end, health.status.failingSince == nil,
      let size = try? await outbox.size(), size.events > 0
    { try? await Task.sleep(for: .milliseconds(20)) }
  }

  // MARK: Writing

  private func write(following fleet: Fleet?) async {
    var bookmark = FindingsBookmark()
    var nextPruning = ContinuousClock.now
    while true {
      let count = pendingSignal.count
      if state.withLock({ $0.takeMustCompareAll() }) { bookmark = FindingsBookmark() }
      let isWritten = await writePending()
      if isWritten, let fleet, await !writeNews(of: fleet, &bookmark) {
        bookmark = FindingsBookmark()
      }
      if ContinuousClock.now > nextPruning {
        nextPruning = .now + Self.pruneInterval
        await attempt { () throws(JournalProblem) in
          try await self.outbox.prune(at: self.clock.now())
        }
      }
      await makeUpForDrops()
      guard (try? await clock.sleep(isWritten ? Self.turnInterval : .seconds(5))) != nil else {
        break
      }
      try? await pendingSignal.wait(
        beyond: count,
        atMost: Self.longestTurn,
        sleep: clock.sleep
      )
    }
    _ = await writePending()
  }

  /// Writes what monitors told; what could not be written stays.
  private func writePending() async -> Bool {
    let batch = pending.drain()
    if batch.isIncomplete { state.withLock { $0.mustCompareAll = true } }
    var rest = batch.changes[...]
    while !rest.isEmpty {
      let changes = rest.prefix(Self.chunk).map { change, time -> OutboxChange in
        switch change {
        case .raised(let known):
          .there(OutboxFinding(known.finding, document: known.document), at: time)
        case .resolved(let id): .over(id, at: time)
        case .movedAway(let id): .elsewhere(id)
        case .looked(let look): .looked(look)
        }
      }
      guard await write(changes) else {
        pending.giveBack(rest)
        return false
      }
      rest = rest.dropFirst(Self.chunk)
    }
    return true
  }

  /// Writes what is other than it was told, whoever missed it.
  private func writeNews(of fleet: Fleet, _ bookmark: inout FindingsBookmark) async -> Bool {
    let (changed, next) = await fleet.changedFindings(since: bookmark)
    let now = clock.now()
    var rest = changed[...]
    while !rest.isEmpty {
      let changes = rest.prefix(Self.chunk).map { known in
        OutboxChange.there(OutboxFinding(known.finding, document: known.document), at: now)
      }
      guard await write(changes) else { return false }
      rest = rest.dropFirst(Self.chunk)
    }
    bookmark = next
    return true
  }

  /// Writes changes; `false` where that cannot be done.
  @discardableResult
  package func write(_ changes: [OutboxChange]) async -> Bool {
    await attempt { () throws(JournalProblem) in
      let dropped = try await self.outbox.write(changes)
      if !dropped.isEmpty { self.note(dropped) }
      self.signal.give()
    }
  }

  @discardableResult
  private func attempt(_ body: () async throws(JournalProblem) -> Void) async -> Bool {
    do throws(JournalProblem) {
      try await body()
      state.withLock { $0.problem = nil }
      return true
    } catch {
      let isNews = state.withLock { state in
        defer { state.problem = error.description }
        return state.problem == nil
      }
      if isNews { say("Events cannot be written down: \(error)") }
      return false
    }
  }

  private func note(_ dropped: DroppedEvents) {
    let total = state.withLock { state -> Int? in
      for (type, count) in dropped { state.dropped[type, default: 0] += count }
      let isSaid = state.lastDropSaid.map { .now - $0 < .seconds(60) } ?? false
      guard !isSaid else { return nil }
      state.lastDropSaid = .now
      return state.dropped.values.reduce(0, +)
    }
    if let total {
      say("The outbox is full: \(total) events were dropped so far. Findings are told later.")
    }
  }

  /// Once there is room again, tells what was dropped, as far as it still holds.
  private func makeUpForDrops() async {
    guard !state.withLock({ $0.dropped.isEmpty }) else { return }
    guard let size = try? await outbox.size(),
      size.events <= sink.settings.maxEvents / 2, size.bytes <= sink.settings.maxMegabytes << 19
    else { return }
    let before = state.withLock { state in
      state.dropped.values.reduce(0, +) - state.madeUpFor
    }
    guard before > 0 else { return }
    state.withLock { state in
      state.madeUpFor += before
      state.mustCompareAll = true
    }
    await attempt { () throws(JournalProblem) in
      try await self.outbox.writeUntold()
      self.signal.give()
    }
  }

  /// How it stands.
  package func status() async -> DeliveryStatus {
    var status = DeliveryStatus(place: sink.place, sink: health.status)
    do throws(JournalProblem) {
      status.waiting = try await outbox.size()
    } catch {
      status.problem = error.description
    }
    state.withLock { state in
      status.dropped = state.dropped
      status.problem = status.problem ?? state.problem
    }
    return status
  }
}

extension EventDelivery: FindingsFollower {
  package func take(_ changes: [FindingChange], at time: Timestamp) {
    pending.add(
      changes.map { change in
        switch change {
        case .raised(let known): .raised(known)
        case .resolved(let id): .resolved(id)
        case .movedAway(let id): .movedAway(id)
        }
      },
      at: time
    )
    pendingSignal.give()
  }

  package func take(_ look: FirstLook) {
    pending.add([.looked(look)], at: look.time)
    pendingSignal.give()
  }
}
