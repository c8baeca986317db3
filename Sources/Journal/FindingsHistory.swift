package import Inspection
package import KubernetesObjects
import Synchronization

/// Gathers when findings come and go, and writes it into the journal in batches.
package final class FindingsHistory: FindingsRecorder {
  /// What is written in one go.
  struct Batch: Sendable {
    enum Change: Sendable {
      case raised(Finding, at: Timestamp)
      case resolved(Finding, at: Timestamp)
      case looked(FirstLook)
      case foundOver(FindingID, at: Timestamp)
    }

    var changes: [Change] = []
    /// How many did not fit.
    var lost = 0
  }

  /// Beyond that nothing more is taken in: the disk is full then, or as good as.
  private let limit: Int
  private let pending = Mutex(Batch())
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  package init(limit: Int = 100_000) {
    self.limit = limit
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  package func take(_ delta: FindingsDelta, at time: Timestamp) {
    add(
      delta.resolved.map { .resolved($0, at: time) } + delta.raised.map { .raised($0, at: time) }
    )
  }

  package func take(_ look: FirstLook) { add([.looked(look)]) }

  package func take(foundOver ids: [FindingID], at time: Timestamp) {
    add(ids.map { .foundOver($0, at: time) })
  }

  private func add(_ changes: [Batch.Change]) {
    guard !changes.isEmpty else { return }
    pending.withLock { pending in
      let room = max(0, limit - pending.changes.count)
      pending.changes += changes.prefix(room)
      pending.lost += max(0, changes.count - room)
    }
    signal.yield()
  }

  /// Writes what is taken in until the task is cancelled, then what is left; `say` is told when that
  /// cannot be done, once until it could be done again.
  package func run(
    into journal: JournalStore,
    gathering: Duration = .seconds(1),
    retrying: Duration = .seconds(10),
    say: @Sendable (String) -> Void
  ) async {
    var isSaid = false
    for await _ in signals {
      try? await Task.sleep(for: gathering)
      while let problem = await write(into: journal, say) {
        if !isSaid { say("What happens to findings is not journaled: \(problem)") }
        isSaid = true
        guard (try? await Task.sleep(for: retrying)) != nil else { return }
      }
      isSaid = false
      if Task.isCancelled { break }
    }
    _ = await write(into: journal, say)
  }

  /// Writes what is there; what could not be written stays, before what has come since.
  private func write(
    into journal: JournalStore,
    _ say: @Sendable (String) -> Void
  ) async -> JournalProblem? {
    let batch = pending.withLock { pending in
      defer { pending = Batch() }
      return pending
    }
    guard !batch.changes.isEmpty else { return nil }
    do throws(JournalProblem) {
      try await journal.add(batch)
      if batch.lost > 0 {
        say("\(batch.lost) changes of findings are missing in the journal: they were too many.")
      }
      return nil
    } catch {
      pending.withLock { pending in
        let room = max(0, limit - batch.changes.count)
        let lost = max(0, pending.changes.count - room)
        pending.changes = batch.changes + pending.changes.prefix(room)
        pending.lost += batch.lost + lost
      }
      return error
    }
  }
}
