import Synchronization

/// The monitors of a fleet, to which those of clusters are added that agents tell of.
final class Roster: Sendable {
  private let monitors: Mutex<[ClusterMonitor]>

  init(_ monitors: [ClusterMonitor]) { self.monitors = Mutex(monitors) }

  var all: [ClusterMonitor] { monitors.withLock(\.self) }

  func add(_ monitor: ClusterMonitor) { monitors.withLock { $0.append(monitor) } }
}
