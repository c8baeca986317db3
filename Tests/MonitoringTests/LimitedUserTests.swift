import Checks
import ClusterGraph
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing

@testable import Monitoring

/// Users who may not read everything: what is not read is said, and never taken for absent.
@Suite(.fewAtOnce) struct LimitedUserTests {
  private func withMonitor(
    of user: User,
    namespace: String?,
    settings: CheckSettings = CheckSettings(),
    _ body: (SimulatedCluster, ClusterMonitor) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    cluster.admit(user, token: "limited")
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client(
        "limited",
        on: eventLoop,
        token: "limited",
        namespace: namespace
      ),
      options: MonitorOptions(
        checks: Catalogue.checks,
        checkSettings: settings,
        settlePolicy: .singleLook
      )
    )
    let task = Task { await monitor.run() }
    try await body(cluster, monitor)
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private static let reader = User(
    "reader",
    rules: [
      AccessRule(verbs: ["list", "watch"], resources: ["pods"], namespaces: ["shop"])
    ]
  )

  @Test func oneNamespaceIsFollowedWhereNoMoreIsAllowed() async throws {
    try await withMonitor(of: Self.reader, namespace: "shop") { cluster, monitor in
      let shopPods = cluster.objects(of: "pods", namespace: "shop").count
      #expect(shopPods > 0 && shopPods < cluster.objects(of: "pods").count)
      #expect(await eventually { await monitor.count(of: Pod.kind) == shopPods })
      #expect(await monitor.knowledge(of: Pod.kind) == .knownIn(namespaces: ["shop"]))
      let missing = await monitor.status().notInspected
      let pods = try #require(missing.first { $0.kind == Pod.kind })
      #expect(pods.onlyNamespaces == ["shop"])
      let nodes = try #require(missing.first { $0.kind == Node.kind })
      #expect(nodes.onlyNamespaces.isEmpty && nodes.reason.contains("nodes is forbidden"))
      #expect(nodes.checks.contains("dangling/pod-node"))
      // A list of them says so.
      #expect(await monitor.visibility(of: Pod.kind) == .seenIn(["shop"]))
      guard case .unseen(let reason) = await monitor.visibility(of: Node.kind) else {
        Issue.record("Nodes are seen.")
        return
      }
      #expect(reason.contains("nodes is forbidden"))
      // The Pods' Nodes cannot be seen; nobody may say that they are absent.
      #expect(await monitor.findings().isEmpty)
    }
  }

  @Test("One review tells what may be read, where it tells all", arguments: [true, false])
  func reviews(hasTellableRules: Bool) async throws {
    var user = Self.reader
    user.hasTellableRules = hasTellableRules
    try await withMonitor(of: user, namespace: "shop") { cluster, monitor in
      #expect(await eventually { await monitor.status().connection == .watching })
      #expect(await monitor.knowledge(of: Pod.kind) == .knownIn(namespaces: ["shop"]))
      let reviews = cluster.requestLog.filter {
        $0.path.hasPrefix("/apis/authorization.k8s.io/v1/")
      }
      let kinds = await monitor.resources.values.filter(\.isNamespaced).count
      #expect(kinds > 10)
      let ofRules = reviews.count { $0.path.hasSuffix("/selfsubjectrulesreviews") }
      #expect(ofRules == 1)
      // Of Pods both verbs are asked for, of all others the first is refused.
      #expect(reviews.count - ofRules == (hasTellableRules ? 0 : kinds + 1))
    }
  }

  @Test func whoMayDoMoreByNowIsAskedForAtOnce() async throws {
    try await withMonitor(of: User("reader"), namespace: "shop") { cluster, monitor in
      #expect(await eventually { await monitor.status().connection == .watching })
      #expect(await monitor.status().objectCount == 0)
      cluster.admit(Self.reader, token: "limited")
      await monitor.retry()
      let known = Knowledge.knownIn(namespaces: ["shop"])
      #expect(await eventually { await monitor.knowledge(of: Pod.kind) == known })
    }
  }

  @Test func whereNoNamespaceIsNamedEverythingForbiddenIsSaid() async throws {
    try await withMonitor(of: Self.reader, namespace: nil) { _, monitor in
      #expect(await eventually { await monitor.status().connection == .watching })
      let status = await monitor.status()
      #expect(status.notInspected.count == status.kindsTotal)
      #expect(status.objectCount == 0 && status.findings.isEmpty)
    }
  }

  @Test func aCheckThatIsSwitchedOffIsSaidToMissNothing() async throws {
    let settings = CheckSettings(["dangling/pod-node": .init(isEnabled: false)])
    try await withMonitor(of: Self.reader, namespace: nil, settings: settings) { _, monitor in
      #expect(await eventually { await monitor.status().connection == .watching })
      let checks = await monitor.status().notInspected.flatMap(\.checks)
      #expect(checks.contains("unhealthy/node-not-ready"))
      #expect(!checks.contains("dangling/pod-node"))
    }
  }

  @Test func aTokenThatIsNoLongerGoodIsSaidSo() async throws {
    let everybody = User(
      "brief",
      rules: [AccessRule(verbs: ["list", "watch"], apiGroups: ["*"], resources: ["*"])]
    )
    try await withMonitor(of: everybody, namespace: nil) { cluster, monitor in
      #expect(await eventually { await monitor.status().connection == .watching })
      cluster.revoke(token: "limited")
      cluster.breakWatches()
      let isSaid = await eventually {
        guard case .signedOut(let reason) = await monitor.status().connection else { return false }
        return reason.contains("Sign in again")
      }
      #expect(isSaid)
      cluster.admit(everybody, token: "limited")
      let isBack = await eventually {
        await monitor.retry()
        return await monitor.status().connection == .watching
      }
      #expect(isBack, "A retry did not find that the token is good again.")
      #expect(await monitor.status().relists == 0)
    }
  }
}

extension ClusterMonitor {
  fileprivate func count(of kind: ObjectKind) -> Int { graph.count(of: kind) }
  fileprivate func knowledge(of kind: ObjectKind) -> Knowledge { graph.knowledge(of: kind) }
}
