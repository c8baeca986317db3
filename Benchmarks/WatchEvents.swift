import Checks
import KubernetesObjects
import Monitoring
import ObjectBuilders
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

  private static let nodeCount = 2_000
  private static let podCount = 20_000
  private static let eventCount = 20_000

  let change: Change

  var title: String {
    switch change {
    case .address: "one watch event, bytes to findings"
    case .none: "one watch event that changes nothing"
    }
  }

  let setting =
    "\(eventCount) events of recorded Pods, one by one, in a cluster of \(nodeCount) Nodes and "
    + "\(podCount) Pods, all checks"

  func run() async throws -> Measurement {
    var pods = try RecordedPods().objects(in: 0..<Self.podCount, nodes: Self.nodeCount)
    let list = JSONValue.object(["items": .array(pods)]).encoded()
    let page = try ListPage(decoding: list.span.bytes, of: .pods, decoder: ObjectDecoder())
    for number in pods.indices where change == .address {
      pods[number].podIP = RecordedPods.address(Self.podCount + number)
    }
    let events = pods.prefix(Self.eventCount).map { pod in
      Array(#"{"type":"MODIFIED","object":"#.utf8) + pod.encoded() + Array("}".utf8)
    }
    let replay = Replay(nodeCount: Self.nodeCount, pods: page.objects, events: events)
    let monitor = ClusterMonitor(
      source: replay,
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let running = Task { await monitor.run() }
    var elapsed = await replay.elapsed()
    elapsed += await ContinuousClock().measure { _ = await monitor.findings() }
    running.cancel()
    await running.value
    let findings = await monitor.findings().count
    return Measurement(
      value: elapsed.seconds / Double(events.count) * 1e6,
      unit: "µs",
      target: .under(20),
      note: "\(events.reduce(0) { $0 + $1.count } / events.count) bytes an event on average; "
        + "\(findings) findings"
    )
  }
}
