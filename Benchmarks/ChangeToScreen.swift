import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import WireFormats

/// How long it takes from a change at a busy server to its finding on the screen: over TLS, through graph and
/// checks, the screens' own updates and drawing.
///
/// The change is the deletion of a ConfigMap that a finalizer holds, which is at once a finding here.
struct ChangeToScreen: Benchmark {
  private static let changeCount = 300
  /// The simulator's HTTP/2 ends a connection after 200 requests by libcurl, each of which it takes for a
  /// glitch; a change is three.
  private static let changesOfAConnection = 50
  /// When no more changes are begun, however few there were.
  private static let limit = Duration.seconds(90)
  private static let check: CheckID = "stuck/terminating"
  private static let configMaps = APIResource(
    kind: ObjectKind("ConfigMap"),
    version: "v1",
    plural: "configmaps",
    isNamespaced: true
  )

  let size: ClusterSize
  let churn: Int

  var title: String { "change to finding on screen, \(size.name), \(churn) changes/s" }

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(size, churn: churn)
    defer { simulation.end() }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let fleet = Fleet(
      [try client(of: simulation, on: eventLoop)],
      options: MonitorOptions(
        checks: Catalogue.checks,
        checkSettings: CheckSettings([Self.check: .init(settles: .zero)])
      )
    )
    let shown = try await ShownFleet(fleet)
    defer { shown.end() }
    // Neither Pods that are being replaced nor who misses a ConfigMap push the findings out of sight, nor
    // do those that are over: they stay for ten seconds, in which more change than the screen has lines.
    await shown.display.press("/" + "configmap finish !state:resolved")
    let times = try await changes(of: simulation, seenOn: shown.display)
    let status = await fleet.statuses().first
    await shown.close()
    return [
      Measurement(
        title: title,
        setting:
          "from the request to the frame, beside the settle window; every kind of \(size.nodes) Nodes "
          + "and \(size.pods) Pods followed, \(times.count) changes",
        value: times.median,
        p99: times.p99,
        unit: "ms",
        target: .under(250),
        note: "the slowest \((times.max() ?? 0).formatted()) ms; "
          + "\((status?.eventsPerSecond ?? 0).formatted()) events/s reached the model"
      )
    ]
  }

  private func client(
    of simulation: SimulationProcess,
    on eventLoop: EventLoop
  ) throws -> KubernetesClient {
    KubernetesClient(
      try simulation.connection(of: .everything),
      eventLoop: eventLoop,
      userAgent: "kpatrol-bench"
    )
  }

  /// Makes the changes, each when the one before was seen, and answers how many milliseconds each took.
  private func changes(
    of simulation: SimulationProcess,
    seenOn display: RecordingDisplay
  ) async throws -> [Double] {
    let end = ContinuousClock.now + Self.limit
    var times: [Double] = []
    var keys: [ObjectKey] = []
    repeat {
      let eventLoop = EventLoop()
      defer { eventLoop.shutdown() }
      let client = try client(of: simulation, on: eventLoop)
      if times.isEmpty { keys = try await configMaps(by: client) }
      let next = keys.dropFirst(times.count).prefix(Self.changesOfAConnection)
      times += try await changes(of: next, by: client, seenOn: display)
    } while times.count < keys.count && ContinuousClock.now < end
    return times
  }

  private func configMaps(by client: KubernetesClient) async throws -> [ObjectKey] {
    var stream = try await client.list(Self.configMaps, metadataOnly: true)
    let keys = try await stream.rest().map(\.record.key).filter { $0.name.hasPrefix("app-") }
    guard !keys.isEmpty else { throw BenchmarkFailure("There are no ConfigMaps.") }
    return Array(keys.prefix(Self.changeCount))
  }

  private func changes(
    of keys: some Sequence<ObjectKey>,
    by client: KubernetesClient,
    seenOn display: RecordingDisplay
  ) async throws -> [Double] {
    var times: [Double] = []
    for key in keys {
      try await hold(key, ["example.com/bench"], by: client)
      try await Task.sleep(for: .milliseconds(Int.random(in: 20...120)))
      let start = ContinuousClock.now
      _ = try await client.send(.delete(key, of: Self.configMaps, DeleteOptions()))
      let shown = try await display.shown("ConfigMap \(key.namespace)/\(key.name) does not finish")
      times.append(start.duration(to: shown).seconds * 1000)
      try await hold(key, [], by: client)
    }
    return times
  }

  private func hold(
    _ key: ObjectKey,
    _ finalizers: [String],
    by client: KubernetesClient
  ) async throws {
    let finalizers = JSONValue.array(finalizers.map { .string($0) })
    let patch = Patch.merge(["metadata": ["finalizers": finalizers]])
    _ = try await client.send(.patch(key, of: Self.configMaps, patch))
  }
}
