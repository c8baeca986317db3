import Checks
import KubernetesObjects
import Monitoring
import ObjectBuilders
import SimulatedCluster
import WireFormats

/// What one watch event costs on one core: from its bytes through the graph and the checks.
struct WatchEvents: Benchmark {
  /// What an event says that is new.
  enum Change {
    /// The Pod has another address: its record changed, and its neighbours are inspected.
    case address
    /// Nothing that KPatrol reads, as in a kubelet's heartbeat.
    case none
  }

  private static let eventCount = 10_000

  let change: Change
  let encoding: WireEncoding
  let size: ClusterSize

  var title: String {
    let form = encoding == .json ? "JSON" : "protobuf"
    return switch change {
    case .address: "one watch event as \(form), bytes to findings, \(size.name)"
    case .none: "one watch event as \(form) that changes nothing, \(size.name)"
    }
  }

  func run() async throws -> [Measurement] {
    let recorded = try RecordedPods()
    var list: [ObjectSnapshot] = []
    var pool = SharingPool()
    for first in stride(from: 0, to: size.pods, by: BigGraph.pageSize) {
      let page = first..<min(first + BigGraph.pageSize, size.pods)
      list += try recorded.records(in: page, nodes: size.nodes, sharing: &pool)
    }
    let events = events(of: recorded)
    let replay = Replay(nodeCount: size.nodes, pods: list, pool: pool, encoding: encoding) {
      number in
      number < events.count ? events[number] : nil
    }
    list = []
    let monitor = ClusterMonitor(
      source: replay,
      options: MonitorOptions(checks: Catalogue.checks),
      clock: replay.clock
    )
    let running = Task { await monitor.run() }
    var seconds = try await replay.cpuSeconds(of: monitor)
    let start = ProcessUsage.cpuSecondsOfThisProcess
    let findings = await monitor.findings().count
    seconds += ProcessUsage.cpuSecondsOfThisProcess - start
    running.cancel()
    await running.value
    let microseconds = seconds / Double(events.count) * 1e6
    return [
      Measurement(
        title: title,
        setting:
          "\(events.count) events of recorded Pods, taken in one by one and inspected 200 at a "
          + "time, among \(size.nodes) Nodes and \(size.pods) Pods, all checks; processor time",
        value: microseconds,
        unit: "µs",
        target: .under(20),
        note: "\(events.reduce(0) { $0 + $1.count } / events.count) bytes an event, on average as "
          + "the time is; \(findings) findings",
        point: change == .address && encoding == .protobuf
          ? GrowthPoint(series: "one event", law: .constant, size: size, amount: microseconds) : nil
      )
    ]
  }

  /// Each of another Pod, all over the cluster and on many Nodes, as the step divides no size.
  private func events(of recorded: RecordedPods) -> [[UInt8]] {
    (0..<Self.eventCount).map { index in
      let number = index * 7919 % size.pods
      var pod = recorded.object(number, nodes: size.nodes)
      if change == .address { pod.podIP = RecordedPods.address(size.pods + number) }
      switch encoding {
      case .json:
        return Array(#"{"type":"MODIFIED","object":"#.utf8) + pod.encoded() + Array("}".utf8)
      case .protobuf:
        return ServedProtobuf.watchEvent("MODIFIED", pod: pod)
      }
    }
  }
}
