import CloudEvents
import Foundation
import Journal
import KubernetesObjects
import RemoteChecks

/// Sends what waits in an outbox: each event until it has arrived or was refused for good, and those about one
/// thing one after the other.
struct OutboxSender: Sendable {
  /// How many events are read, and forgotten, at once.
  private static let chunk = 100
  /// After so long what has arrived is forgotten, though more of the chunk is still to be sent.
  private static let settleInterval = Duration.milliseconds(500)
  /// As nobody is waited for who takes nothing from us.
  private static let waitWhenTurnedAway = Duration.seconds(30)
  /// How long it is not looked for events that other programs wrote.
  private static let pollInterval = Duration.seconds(2)
  private static let lockInterval = Duration.seconds(3)

  let outbox: Outbox
  let sink: ServiceSender
  let health: SinkHealth
  let signal: RemoteSignal
  let workers: Int
  /// How many events a request holds.
  let batchSize: Int
  let backoff: DeliveryBackoff
  let now: @Sendable () -> Timestamp
  let say: @Sendable (String) -> Void
  /// Takes events with which the sink answered.
  let takeReply: @Sendable (ReadEvents) async -> Void

  /// Sends until the task is cancelled; waits its turn while another program sends.
  func run() async {
    guard let lock = await lock() else { return }
    defer { lock?.release() }
    await withDiscardingTaskGroup { group in
      for worker in 0..<workers { group.addTask { await work(worker) } }
    }
  }

  /// `nil` inside where the outbox is nobody else's, outside where the task is cancelled first.
  private func lock() async -> SenderLock?? {
    guard let path = outbox.path else { return .some(nil) }
    while !Task.isCancelled {
      if let lock = SenderLock("\(path).sender") { return lock }
      guard (try? await Task.sleep(for: Self.lockInterval)) != nil else { break }
    }
    return nil
  }

  private func work(_ worker: Int) async {
    var failures = 0
    while !Task.isCancelled {
      let count = signal.count
      let waiting: [Outbox.Waiting]
      do throws(JournalProblem) {
        waiting = try await outbox.next(worker: worker, of: workers, limit: Self.chunk)
      } catch {
        guard (try? await Task.sleep(for: .seconds(10))) != nil else { return }
        continue
      }
      guard !waiting.isEmpty else {
        let isWoken: Void? = try? await signal.wait(
          beyond: count,
          atMost: Self.pollInterval,
          sleep: { try await Task.sleep(for: $0) }
        )
        guard isWoken != nil else { return }
        continue
      }
      guard let wait = await send(waiting) else {
        failures = 0
        continue
      }
      failures += 1
      let pause = backoff.wait(
        afterFailures: failures,
        atLeast: wait,
        chance: Double.random(in: 0...1)
      )
      guard (try? await Task.sleep(for: pause)) != nil else { return }
    }
  }

  /// Sends events in order as far as they arrive; answers how long to wait at least where one did not, and
  /// `nil` where all did.
  private func send(_ waiting: [Outbox.Waiting]) async -> Duration? {
    var done: [Outbox.Waiting] = []
    var lastSettled = ContinuousClock.now
    var rest = waiting[...]
    var size = batchSize
    while !rest.isEmpty, !Task.isCancelled {
      let batch = Array(rest.prefix(size))
      let outcome = await sink.send(batch.map(\.event))
      switch outcome {
      case .delivered(let read):
        health.noteArrival(of: batch.map(\.event), at: now())
        if !read.events.isEmpty { await takeReply(read) }
      case .refused(let reason):
        // One of several is at fault: each is sent by itself.
        guard batch.count == 1 else {
          size = 1
          continue
        }
        health.noteRefusal(of: batch.map(\.event), reason)
        say("The sink does not take the event \(batch[0].event.id): \(reason).")
      case .failed(let reason, let wait):
        await settle(done)
        return noteFailure(reason, atLeast: wait ?? .zero)
      case .turnedAway(let reason):
        await settle(done)
        return noteFailure(reason, atLeast: Self.waitWhenTurnedAway)
      }
      done += batch
      rest = rest.dropFirst(batch.count)
      if ContinuousClock.now - lastSettled > Self.settleInterval {
        await settle(done)
        done = []
        lastSettled = .now
      }
    }
    await settle(done)
    return nil
  }

  private func noteFailure(_ reason: String, atLeast wait: Duration) -> Duration? {
    // What was cut off because the program ends says nothing of the sink.
    guard !Task.isCancelled else { return wait }
    if health.noteFailure(reason, at: now()) {
      say("Events wait in the outbox, for the sink cannot be told: \(reason)")
    }
    return wait
  }

  /// What cannot be forgotten is sent again, which its recipients see by its id.
  private func settle(_ done: [Outbox.Waiting]) async {
    do throws(JournalProblem) {
      try await outbox.remove(done)
    } catch {
      say("The outbox cannot be written: \(error)")
    }
  }
}

/// Held by the one program that sends what is in an outbox.
private struct SenderLock {
  private let file: CInt

  /// `nil` while another program has it.
  init?(_ path: String) {
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return nil }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
  }

  func release() { close(file) }
}
