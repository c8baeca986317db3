import Inspection
import KubernetesObjects
import Monitoring
import Synchronization

/// What monitors told and is not in the outbox yet, in order.
final class PendingChanges: Sendable {
  struct Batch: Sendable {
    enum Change: Sendable {
      case raised(KnownFinding)
      case resolved(FindingID)
      case movedAway(FindingID)
      case looked(FirstLook)
    }

    var changes: [(change: Change, time: Timestamp)] = []
    /// Whether findings that were raised did not fit: what there is must be looked through.
    var isIncomplete = false
  }

  private let limit: Int
  private let batch = Mutex(Batch())

  init(limit: Int = 200_000) { self.limit = limit }

  func add(_ changes: [Batch.Change], at time: Timestamp) {
    batch.withLock { batch in
      for change in changes {
        // That something is over is seen but once; it is small.
        if case .raised = change, batch.changes.count >= limit {
          batch.isIncomplete = true
        } else {
          batch.changes.append((change, time))
        }
      }
    }
  }

  func drain() -> Batch {
    batch.withLock { batch in
      defer { batch = Batch() }
      return batch
    }
  }

  /// Puts back what could not be written, before what has come since.
  func giveBack(_ changes: ArraySlice<(change: Batch.Change, time: Timestamp)>) {
    batch.withLock { batch in batch.changes = changes + batch.changes }
  }
}
