import Agent
import ClusterGraph
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import Logging
import Monitoring
import SimulatedCluster
import TestServers
import WireFormats

/// An agent over a simulated cluster, which can be ended and begun anew at the same address.
final class RunningAgent {
  let cluster: SimulatedCluster
  let name: String
  private let options: MonitorOptions
  private let eventLoop: EventLoop
  private(set) var port = 0
  private var tasks: [Task<Void, Never>] = []
  private var serving: Task<Void, any Error>?

  /// An agent over a cluster of its own, or over one that it shares with others.
  init(
    _ name: String,
    over shared: SimulatedCluster? = nil,
    options: MonitorOptions = MonitorOptions(checks: [BadMaps()]),
    on eventLoop: EventLoop
  ) async throws {
    self.name = name
    self.options = options
    self.eventLoop = eventLoop
    if let shared {
      cluster = shared
    } else {
      cluster = try await SimulatedCluster.start(
        SimulationOptions(scenario: .empty, runsControllers: false)
      )
    }
    try await begin()
  }

  var url: String { "http://127.0.0.1:\(port)" }

  func client(_ userAgent: String = "kpatrol/test") -> KubernetesClient {
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    return KubernetesClient(
      ClusterConnection(
        contextName: name,
        server: cluster.url,
        tls: tls,
        credential: .token(cluster.token)
      ),
      eventLoop: eventLoop,
      userAgent: userAgent
    )
  }

  func begin() async throws {
    let fleet = Fleet([client("kpatrol-agent/test")], options: options)
    let agent = Agent(fleet, version: "9")
    let listener = try AgentListener(
      "127.0.0.1:\(port)",
      certificateFile: nil,
      keyFile: nil,
      authority: nil
    )
    let (ports, listens) = AsyncStream.makeStream(of: Int.self)
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    tasks = [Task { await fleet.run() }, Task { await agent.run() }]
    serving = Task { try await listener.serve(agent, logger: logger) { listens.yield($0) } }
    port = await ports.first { _ in true } ?? 0
  }

  func end() async {
    for task in tasks { task.cancel() }
    serving?.cancel()
    for task in tasks { await task.value }
    _ = await serving?.result
  }

  func create(_ names: String...) throws {
    for name in names {
      _ = try cluster.create(
        [
          "apiVersion": "v1", "kind": "ConfigMap",
          "metadata": ["name": .string(name), "namespace": "default"],
        ]
      )
    }
  }

  func remove(_ name: String) {
    _ = cluster.remove("configmaps", namespace: "default", name: name)
  }
}

/// Finds every ConfigMap that is called so, and would delete it.
struct BadMaps: Check {
  let id: CheckID = "risk/bad-map"
  let title = "A ConfigMap is bad"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ map: ConfigMap, in cluster: ClusterView) -> [Observation] {
    guard map.key.name.hasPrefix("bad") else { return [] }
    return [
      Observation("ConfigMap \(map.key.name) is bad", remedies: ["delete-object"])
    ]
  }
}

/// Finds every Node, and that it is why its Pods are found.
struct LostNodes: Check {
  let id: CheckID = "unhealthy/lost-node"
  let title = "A Node is lost"
  let severity = Severity.critical
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explains: [Explanation] = [.referrers(over: .node)]
  let explanation = ""

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    [Observation("Node \(node.key.name) is lost")]
  }
}

/// Finds every Pod, as a matter of its namespace.
struct LostPods: Check {
  let id: CheckID = "unhealthy/lost-pod"
  let title = "A Pod is lost"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let reach = CheckReach.namespace
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    [Observation("Pod \(pod.key.name) is lost")]
  }

  /// Makes a Node with a Pod of a namespace.
  static func create(in namespace: String, of cluster: SimulatedCluster) throws {
    let node = "node-1"
    _ = try cluster.create(
      ["apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(node)]]
    )
    _ = try cluster.create(
      ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]]
    )
    _ = try cluster.create(
      [
        "apiVersion": "v1", "kind": "Pod",
        "metadata": ["name": "pod-1", "namespace": .string(namespace)],
        "spec": [
          "nodeName": .string(node),
          "containers": [["name": "main", "image": "main"]],
        ],
      ]
    )
  }
}
