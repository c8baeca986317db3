import ClusterGraph
import Foundation
import HTTP
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Monitors whose kubeconfig names a plugin, and whose tokens expire.
@Suite(.fewAtOnce) struct PluginSignInTests {
  private static let lifetime = 3600.0

  private struct World {
    let cluster: SimulatedCluster
    let monitor: ClusterMonitor
    let folder: TemporaryFolder
    /// How far the server's clock is before ours.
    let skew: Shared<TimeInterval>

    /// Lets the token expire on the server's clock, and all watches come back.
    func expireToken() {
      skew.change { $0 += 2 * lifetime }
      cluster.breakWatches()
    }

    var isWatching: Bool {
      get async {
        let streams = await monitor.streams.values
        return await monitor.status().connection == .watching
          && streams.allSatisfy { $0.state == .watching }
      }
    }
  }

  private func withWorld(
    change kubeconfig: (String) -> String = { $0 },
    _ body: (World) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let skew = Shared<TimeInterval>(0)
    var options = SimulationOptions(scenario: .healthy, runsControllers: false)
    options.now = { Date().addingTimeInterval(skew.value) }
    let cluster = try await SimulatedCluster.start(options)
    let plugin = try folder.script("plugin", cluster.pluginScript(tokenLifetime: Self.lifetime))
    let text = cluster.kubeconfig(contextName: "sim", pluginPath: plugin)
    let path = try folder.write("config", kubeconfig(text))
    let connection = try Kubeconfig.load(
      explicitPath: path,
      environment: ["PATH": "/usr/bin:/bin"]
    ).connection(to: "sim")
    let eventLoop = EventLoop()
    let client = KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test")
    let monitor = ClusterMonitor(
      source: SelectedKinds(of: client, plurals: ["nodes", "pods", "services"]),
      options: MonitorOptions(checks: [])
    )
    let task = Task { await monitor.run() }
    let world = World(cluster: cluster, monitor: monitor, folder: folder, skew: skew)
    #expect(await eventually { await world.isWatching })
    try await body(world)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func aPluginOfTheOldVersionSignsInToo() async throws {
    let old = { (text: String) in
      text.replacing(
        "client.authentication.k8s.io/v1",
        with: "client.authentication.k8s.io/v1beta1"
      )
      .replacing("interactiveMode: Never", with: "provideClusterInfo: true")
    }
    try await withWorld(change: old) { world in
      #expect(world.cluster.pluginRuns == 1)
      let asked = world.cluster.requestLog.compactMap(\.json).first {
        $0["kind"] == "ExecCredential"
      }
      #expect(asked?["apiVersion"] == "client.authentication.k8s.io/v1beta1")
      #expect(asked?["spec"]?["cluster"]?["server"]?.stringValue == world.cluster.url)
    }
  }

  @Test func aTokenThatExpiresIsRenewedAndAllGoesOn() async throws {
    try await withWorld { world in
      #expect(world.cluster.pluginRuns == 1)
      // By our own clock it is still good, so it is the server's refusal that tells.
      world.expireToken()
      #expect(await eventually { world.cluster.pluginRuns == 2 })
      #expect(await eventually { await world.isWatching })
      let pods = world.cluster.objects(of: "pods")
      let name = try #require(pods.first?[path: "metadata", "name"]?.stringValue)
      let namespace = try #require(pods.first?[path: "metadata", "namespace"]?.stringValue)
      #expect(world.cluster.remove("pods", namespace: namespace, name: name))
      #expect(await eventually { await world.monitor.podCount == pods.count - 1 })
      // All streams were refused, and signed in together.
      #expect(world.cluster.pluginRuns == 2)
      #expect(await world.monitor.status().relists == 0)
    }
  }

  @Test func aPluginThatFailsLeavesTheClusterSignedOutUntilSomebodyTriesAgain() async throws {
    try await withWorld { world in
      let plugin = try world.folder.read("plugin")
      try world.folder.script("plugin", "echo 'log in at https://sso.example.com' >&2; exit 1")
      world.expireToken()
      let isSaid = await eventually {
        guard case .signedOut(let reason) = await world.monitor.status().connection else {
          return false
        }
        return reason.contains("exit status 1") && reason.contains("sso.example.com")
      }
      #expect(isSaid)
      // What was seen is doubted from now on, and not said to be gone.
      #expect(await world.monitor.podCount == world.cluster.objects(of: "pods").count)
      #expect(await !world.monitor.status().notInspected.isEmpty)
      try world.folder.script("plugin", plugin)
      let isBack = await eventually {
        await world.monitor.retry()
        return await world.isWatching
      }
      #expect(isBack)
      #expect(await world.monitor.status().relists == 0)
      #expect(await world.monitor.status().notInspected.isEmpty)
    }
  }
}

extension ClusterMonitor {
  fileprivate var podCount: Int { graph.count(of: Pod.kind) }
}
