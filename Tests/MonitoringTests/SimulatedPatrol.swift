import ClusterGraph
import Foundation
import Inspection
import KubernetesObjects
import Synchronization
import WireFormats

@testable import SimulatedCluster

/// A simulated cluster, and an inspector that sees each of its changes.
struct SimulatedPatrol {
  private let cluster: World
  private(set) var raised: [Finding] = []
  private(set) var suspectsSeen: Set<CheckID> = []
  private(set) var rollouts = 0
  private(set) var nodeRestarts = 0

  var podCount: Int { cluster.objects(.pods).count }

  private let checks: [any Check]
  private let time: SharedDate
  private let director: Director
  private let resources: [ServedResource]
  private var graph = ClusterGraph()
  private var inspector: Inspector
  private var pool = SharingPool()
  private var version: UInt64 = 0

  init(shops: Int, checks: [any Check]) async throws {
    let time = SharedDate()
    self.time = time
    self.checks = checks
    inspector = Inspector(cluster: "healthy", checks: checks)
    let store = Store(historyLimit: 200_000)
    let past = SimulatedClock.steps(from: time.now.addingTimeInterval(-3 * 24 * 3600))
    let identities = Identities(seed: 1)
    let scenario = HealthyScenario.scenario
    try scenario.build(World(Registry(store: store, clock: past, identities: identities)), shops)
    let registry = Registry(
      store: store,
      clock: SimulatedClock { time.now },
      identities: identities
    )
    cluster = World(registry)
    director = Director(registry, scenario: scenario, pace: 1)
    resources = Catalogue(registry: registry).stored
    // Kubelets have shown themselves before anybody looks.
    await director.advance(by: .zero)
    var touched: HandleSet = []
    version = store.version
    for resource in resources {
      let objects = try store.list(resource).objects.map { try decode($0) }
      graph.replace(resource.apiResource.kind, with: objects, touching: &touched)
    }
    graph.setServerVersion(KubernetesVersion("v1.36.2"), touching: &touched)
    take(inspector.inspect(touched, in: graph, at: time.timestamp, watchedFromStart: false))
  }

  /// Lets time pass, and looks at what it brought.
  mutating func pass(_ duration: Duration) async throws {
    time.advance(by: duration)
    await director.advance(by: duration)
    var touched: HandleSet = []
    graph.time = time.timestamp
    for event in news() {
      let key = try decode(event.object).record.key
      if event.kind == .deleted {
        graph.remove(key, touching: &touched)
      } else {
        count(event)
        graph.upsert(try decode(event.object), touching: &touched)
      }
    }
    take(inspector.inspect(touched, in: graph, at: time.timestamp, watchedFromStart: true))
    take(inspector.advance(to: time.timestamp, in: graph))
    graph.freeUnusedVertices()
    suspectsSeen.formUnion(inspector.suspects.map(\.check))
  }

  /// What a scan would find that looks just now.
  func scan() -> [Finding] {
    var inspector = Inspector(cluster: "healthy", checks: checks, policy: .singleLook)
    _ = inspector.inspect(
      graph.allHandles,
      in: graph,
      at: time.timestamp,
      watchedFromStart: false
    )
    _ = inspector.advance(to: time.timestamp, in: graph)
    return inspector.findings
  }

  private mutating func take(_ delta: FindingsDelta) { raised += delta.raised }

  /// What changed since the last look, in the order in which it did.
  private mutating func news() -> [StoreEvent] {
    let store = cluster.registry.store
    var news: [StoreEvent] = []
    for resource in resources {
      let batch = store.events(
        of: resource.qualifiedPlural,
        after: version,
        resuming: false,
        atMost: 1_000_000
      )
      guard case .events(let events, _) = batch else { continue }
      news += events
    }
    version = store.version
    return news.sorted { $0.version < $1.version }
  }

  private mutating func count(_ event: StoreEvent) {
    let (old, new) = (event.previous?.value, event.object.value)
    switch event.object.resource {
    case .deployments where old?[path: "spec", "template"] != new[path: "spec", "template"]:
      rollouts += 1
    case .nodes:
      let was = old.flatMap { Conditions.status(of: "Ready", in: $0) }
      if was == "Unknown", Conditions.status(of: "Ready", in: new) == "True" { nodeRestarts += 1 }
    default: break
    }
  }

  private mutating func decode(_ object: StoredObject) throws -> ObjectSnapshot {
    let body = object.body
    var reader = JSONReader(body.span.bytes)
    return try reader.readFields { fields throws(WireError) in
      try ObjectDecoder().decode(&fields, of: object.resource.apiResource, sharing: &pool)
    }
  }
}

/// The time that cluster and inspector have in common.
private final class SharedDate: Sendable {
  private let date = Mutex(Date(timeIntervalSince1970: 1_795_000_000))

  var now: Date { date.withLock { $0 } }

  var timestamp: Timestamp {
    Timestamp(millisecondsSince1970: Int64(now.timeIntervalSince1970 * 1000))
  }

  func advance(by duration: Duration) {
    date.withLock { $0.addTimeInterval(Double(duration.components.seconds)) }
  }
}

extension ServedResource {
  fileprivate var apiResource: APIResource {
    APIResource(
      kind: ObjectKind(kind, group: group),
      version: version,
      plural: plural,
      isNamespaced: isNamespaced,
      verbs: verbs
    )
  }
}
