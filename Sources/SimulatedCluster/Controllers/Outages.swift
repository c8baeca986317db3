import Foundation
import Synchronization

/// The machines whose kubelet does not answer, and until when.
final class Outages: Sendable {
  private let ends = Mutex<[String: Date]>([:])

  func begin(on node: String, until end: Date) {
    ends.withLock { $0[node] = end }
  }

  func isDown(_ node: String, at date: Date) -> Bool {
    ends.withLock { ends in
      guard let end = ends[node] else { return false }
      return date < end
    }
  }
}
