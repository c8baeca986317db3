import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import LeaderElection
import Logging
import Monitoring
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Agent

/// Agents that agree by Leases of a simulated cluster who covers what.
@Suite(.fewAtOnce) struct ShardServingTests {
  private let eventLoop = EventLoop()
  private var timing: ElectionTiming {
    var timing = ElectionTiming()
    timing.lease = .seconds(4)
    timing.renewDeadline = .seconds(3)
    timing.retry = .milliseconds(300)
    return timing
  }

  /// An agent without a screen and without a port.
  private struct Member {
    let keeper: ShardKeeper
    let task: Task<Void, Never>

    func held() async -> [Int] { await keeper.coverage().held }
  }

  private func client(of cluster: SimulatedCluster) -> KubernetesClient {
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let connection = ClusterConnection(
      contextName: "prod",
      server: cluster.url,
      namespace: nil,
      tls: tls,
      credential: .token(cluster.token)
    )
    return KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test")
  }

  private func join(_ cluster: SimulatedCluster, _ shard: String, as identity: String) throws
    -> Member
  {
    let client = client(of: cluster)
    let shard = try #require(Shard(shard))
    var options = MonitorOptions(checks: [])
    options.coverage = ShardKeeper.initialCoverage(of: shard, withLeases: true)
    options.ownCoverage = Coverage(of: shard.count, holding: [shard.index])
    let fleet = Fleet([client], options: options)
    let keeper = ShardKeeper(
      fleet,
      shard,
      leases: ShardLeases(
        client,
        namespace: "default",
        prefix: "kpatrol-shard",
        timing,
        identity: identity
      ),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let task = Task {
      await withDiscardingTaskGroup { group in
        group.addTask { await fleet.run() }
        await keeper.run()
        group.cancelAll()
      }
    }
    return Member(keeper: keeper, task: task)
  }

  private func lease(_ cluster: SimulatedCluster, _ name: String) async throws -> LeaseRecord {
    let resource = APIResource(
      kind: Lease.kind,
      version: "v1",
      plural: "leases",
      isNamespaced: true
    )
    let key = ObjectKey(Lease.kind, namespace: "default", name: name)
    return LeaseRecord(try await client(of: cluster).object(key, of: resource))
  }

  private func start() async throws -> SimulatedCluster {
    try await SimulatedCluster.start(SimulationOptions(scenario: .empty, runsControllers: false))
  }

  @Test func ofTwoWithOneShardOneStandsByUntilTheOtherIsGone() async throws {
    let cluster = try await start()
    let first = try join(cluster, "0/1", as: "first")
    #expect(await eventually { await first.held() == [0] })
    let second = try join(cluster, "0/1", as: "second")
    #expect(await eventually { await second.keeper.coverage().isStandingBy })
    #expect(await second.keeper.readiness().map(\.trouble) == [nil])
    #expect(await second.held() == [])
    let before = try await lease(cluster, "kpatrol-shard-0-of-1")
    #expect(before.holder == "first")

    // Who ends gives it back: nobody waits until it expires.
    first.task.cancel()
    await first.task.value
    #expect(await eventually { await second.held() == [0] })
    let after = try await lease(cluster, "kpatrol-shard-0-of-1")
    #expect(after.holder == "second")
    #expect(after.transitions == before.transitions + 1)
    second.task.cancel()
    await second.task.value
    #expect(try await lease(cluster, "kpatrol-shard-0-of-1").holder == "")
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func oneStandsInUntilTheOtherComes() async throws {
    let cluster = try await start()
    let first = try join(cluster, "0/2", as: "first")
    #expect(await eventually { await first.held() == [0, 1] })
    let second = try join(cluster, "1/2", as: "second")
    #expect(await eventually { await second.held() == [1] })
    #expect(await eventually { await first.held() == [0] })
    let metrics = MetricsText(format: .prometheus).text(of: await first.keeper.metricFamilies())
    #expect(metrics.contains(#"kpatrol_shard_held{shard="0"} 1"#))
    #expect(metrics.contains(#"kpatrol_shard_held{shard="1"} 0"#))
    for member in [first, second] {
      member.task.cancel()
      await member.task.value
    }
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whatIsOnesOwnIsAskedForOnceItIsListed() async throws {
    let cluster = try await start()
    let first = try join(cluster, "0/2", as: "first")
    #expect(await eventually { await first.held() == [0, 1] })
    let fault = cluster.inject(.status(503), on: RequestMatcher(resource: "configmaps"))
    let second = try join(cluster, "1/2", as: "second")
    let lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/kpatrol-shard-1-of-2"
    cluster.clearRequestLog()
    // Both look at it, and nobody asks for it.
    let looks = await eventually { cluster.requestLog.count { $0.path == lease } > 10 }
    #expect(looks)
    #expect(await second.held().isEmpty)
    // Where the machine stands still for seconds, it has to be taken again.
    #expect(await eventually { await first.held() == [0, 1] })
    cluster.end(fault)
    #expect(await eventually { await second.held() == [1] })
    #expect(await eventually { await first.held() == [0] })
    for member in [first, second] {
      member.task.cancel()
      await member.task.value
    }
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whoDividesTheClusterInAnotherWayWaitsUntilTheOthersAreGone() async throws {
    let cluster = try await start()
    let old = [try join(cluster, "0/2", as: "old-0"), try join(cluster, "1/2", as: "old-1")]
    #expect(await eventually { await old[0].held() == [0] })
    #expect(await eventually { await old[1].held() == [1] })
    let new = try join(cluster, "2/3", as: "new-2")
    #expect(await eventually { await new.keeper.coverage().isStandingBy })
    let parts = await new.keeper.readiness()
    #expect(parts.map(\.trouble) == [nil])
    #expect(parts.map(\.name) == ["shards (standing by until the agents of 2-shards are gone)"])
    let watching = Task {
      var isTwice = false
      while !Task.isCancelled {
        let isOld = await !old[0].held().isEmpty
        let isNew = await !new.held().isEmpty
        if isOld, isNew { isTwice = true }
        try? await Task.sleep(for: .milliseconds(5))
      }
      return isTwice
    }
    // It has its Lease, and covers nothing: one of the others stands in for the one that goes.
    old[1].task.cancel()
    await old[1].task.value
    #expect(await eventually { await old[0].held() == [0, 1] })
    #expect(try await lease(cluster, "kpatrol-shard-2-of-3").holder == "new-2")
    #expect(await new.held() == [])

    // Then the last of them goes, and says so.
    old[0].task.cancel()
    await old[0].task.value
    #expect(await eventually { await new.held() == [0, 1, 2] })
    #expect(try await lease(cluster, "kpatrol-shard-division").holder == "3-shards")
    watching.cancel()
    #expect(await !watching.value, "The cluster was covered twice.")
    new.task.cancel()
    await new.task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whoCannotReachTheServerStopsAndSaysSo() async throws {
    let cluster = try await start()
    let member = try join(cluster, "0/1", as: "first")
    #expect(await eventually { await member.held() == [0] })
    await cluster.stopListening()
    #expect(await eventually { await member.held() == [] })
    #expect(await member.keeper.readiness().contains { $0.trouble != nil })
    try await cluster.listenAgain()
    #expect(await eventually { await member.held() == [0] })
    member.task.cancel()
    await member.task.value
    eventLoop.shutdown()
    await cluster.stop()
  }
}
