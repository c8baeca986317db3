package import Inspection
import KubernetesClient
package import KubernetesObjects

/// How a cluster stood at a time of the last hour.
package struct ClusterSample: Sendable, Equatable {
  package var time: Timestamp
  /// How many findings there were that are not muted.
  package var findings: [Severity: Int]
  /// Since the sample before.
  package var eventsPerSecond: Double
  package var medianLatency: Duration?
  package var latency99: Duration?

  package init(
    time: Timestamp,
    findings: [Severity: Int],
    eventsPerSecond: Double,
    medianLatency: Duration? = nil,
    latency99: Duration? = nil
  ) {
    self.time = time
    self.findings = findings
    self.eventsPerSecond = eventsPerSecond
    self.medianLatency = medianLatency
    self.latency99 = latency99
  }
}

/// How the clusters, and KPatrol itself, stood in the last hour: rings that never grow.
package struct FleetHistory: Sendable, Equatable {
  /// How often it is looked.
  package static let interval = Duration.seconds(15)
  /// How many looks are kept: an hour of them.
  package static let kept = 240

  /// Oldest first.
  package private(set) var samples: [String: [ClusterSample]] = [:]
  /// The memory of the whole process at each look, in bytes; oldest first.
  package private(set) var residentBytes: [UInt64] = []
  private var eventCounts: [String: (count: Int, time: Timestamp)] = [:]

  package init() {}

  package static func == (left: Self, right: Self) -> Bool {
    left.samples == right.samples && left.residentBytes == right.residentBytes
  }

  /// Takes in how the clusters stand now.
  package mutating func add(_ statuses: [ClusterStatus], residentBytes: UInt64) {
    for status in statuses {
      let last = eventCounts[status.name]
      let seconds = last.map { Double($0.time.elapsed(to: status.now).milliseconds) / 1000 } ?? 0
      let events = Double(status.eventCount - (last?.count ?? 0))
      eventCounts[status.name] = (status.eventCount, status.now)
      let sample = ClusterSample(
        time: status.now,
        findings: status.findings,
        eventsPerSecond: seconds > 0 ? events / seconds : status.eventsPerSecond,
        medianLatency: status.requests.medianLatency,
        latency99: status.requests.latency99
      )
      samples[status.name] = ((samples[status.name] ?? []) + [sample]).suffix(Self.kept)
    }
    self.residentBytes = (self.residentBytes + [residentBytes]).suffix(Self.kept)
  }
}

extension Fleet {
  /// How the clusters stood in the last hour.
  package func pastHour() -> FleetHistory { history }

  /// Notes how the clusters stand, four times a minute, until the task is cancelled.
  nonisolated func noteHistory() async {
    repeat { await noteNow() } while (try? await clock.sleep(FleetHistory.interval)) != nil
  }

  private func noteNow() async {
    history.add(await statuses(), residentBytes: ProcessMemory.residentBytes)
  }
}
