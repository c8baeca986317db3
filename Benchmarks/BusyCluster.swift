import Checks
import HTTP
import KubernetesClient
import Monitoring

/// What all changes of a busy cluster cost together, whatever they are: from the network, over TLS, through graph
/// and checks to the screen.
struct BusyCluster: Benchmark {
  private static let seconds = 20

  let size: ClusterSize
  let churn: Int

  var title: String { "the whole program at work, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let client = KubernetesClient(
      try simulation.connection(of: .everything),
      eventLoop: eventLoop,
      userAgent: "kpatrol-bench"
    )
    let fleet = Fleet([client], options: MonitorOptions(checks: Catalogue.checks))
    let shown = try await ShownFleet(fleet)
    defer { shown.end() }
    // What the first lists left to be done is done, and the rate of events is that of changes alone.
    try await Task.sleep(for: .seconds(6))
    let cpu = ProcessUsage.cpuSecondsOfThisProcess
    let start = ContinuousClock.now
    var rates: [Double] = []
    for _ in 0..<Self.seconds {
      try await Task.sleep(for: .seconds(1))
      rates.append(await fleet.statuses().first?.eventsPerSecond ?? 0)
    }
    let used = ProcessUsage.cpuSecondsOfThisProcess - cpu
    let elapsed = start.duration(to: .now).seconds
    await shown.close()
    let rate = rates.reduce(0, +) / Double(rates.count)
    guard rate > 0 else { throw BenchmarkFailure("No event came.") }
    return [
      Measurement(
        title: title,
        setting:
          "heartbeats, restarts, rollouts and what follows, every kind of \(size.nodes) Nodes and "
          + "\(size.pods) Pods followed, all checks, findings shown; processor time",
        value: used / elapsed * 100,
        unit: "% of a core",
        note: "\((used / elapsed / rate * 1e6).formatted()) µs an event at "
          + "\(rate.formatted()) events/s"
      )
    ]
  }
}
