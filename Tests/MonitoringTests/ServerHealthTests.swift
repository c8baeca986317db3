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

/// What is known of the API server itself.
@Suite(.fewAtOnce) struct ServerHealthTests {
  @Test func aPartThatFailsIsFound() async throws {
    let world = try RecordedWorld()
    let server = try ScriptedServer { request in
      guard request.path == "/readyz" else { return world.answer(to: request) }
      return [.answer("[+]ping ok\n[-]etcd failed: reason withheld\n", status: 500)]
    }
    defer { server.stop() }
    let eventLoop = EventLoop()
    let check = try #require(Catalogue.check("unhealthy/api-server"))
    let monitor = ClusterMonitor(
      source: KubernetesClient(
        ClusterConnection(contextName: "recorded", server: server.url, credential: .token("t")),
        eventLoop: eventLoop,
        userAgent: "kpatrol/test"
      ),
      options: MonitorOptions(checks: [check], settlePolicy: .atMost(.zero))
    )
    let task = Task { await monitor.run() }
    #expect(
      await eventually {
        // A group of the recorded server is broken, which is found as well once it is discovered.
        await monitor.findings().map(\.message)
          .contains("The API server reports that etcd fails")
      }
    )
    // It is no object of the server, and not counted among them.
    #expect(
      await eventually {
        // Lists may still come in between the two.
        await monitor.graph.objectCount == monitor.status().objectCount + 1
      }
    )
    task.cancel()
    await task.value
    eventLoop.shutdown()
  }

  @Test func theServersCertificateIsReadFromTheHandshake() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    // The simulator's authority and certificate are made together.
    let authority = CertificateValidity(ofChain: Array(cluster.certificateAuthorityPEM.utf8))
    let end = try #require(authority?.end)
    let check = try #require(Catalogue.check("risk/certificate-expiry"))
    for (days, isFound) in [(9, false), (2, true)] {
      let eventLoop = EventLoop()
      let monitor = ClusterMonitor(
        source: cluster.client("prod", on: eventLoop),
        options: MonitorOptions(checks: [check]),
        clock: WallClock(
          now: { end - .seconds(days * 86_400) },
          sleep: WallClock.system.sleep
        )
      )
      let task = Task { await monitor.run() }
      #expect(
        await eventually {
          let server = await monitor.graph.record(ClusterRecord.key) as? ClusterRecord
          return server?.serverCertificate?.end == end
        }
      )
      let findings = await monitor.findings()
      #expect(findings.contains { $0.subject == ClusterRecord.vertex } == isFound, "\(days) days")
      task.cancel()
      await task.value
      eventLoop.shutdown()
    }
    await cluster.stop()
  }

  private func statistics(_ requests: Int, unanswered: Int) -> RequestStatistics {
    var statistics = RequestStatistics()
    statistics.requests = requests
    statistics.unanswered = unanswered
    return statistics
  }

  @Test func requestsThatCameToNothingAreCounted() {
    var health = RequestHealth()
    health.add(statistics(100, unanswered: 0))
    #expect(health.failedPercent == 0)
    health.add(statistics(110, unanswered: 10))
    #expect(health.failedPercent == 0, "Too few were made.")
    health.add(statistics(140, unanswered: 20))
    #expect(health.failedPercent == 50)
    for _ in 0..<10 { health.add(statistics(200, unanswered: 20)) }
    #expect(health.failedPercent == 0, "It was long ago.")
  }

  @Test func slownessIsThatOfMostRequests() {
    var health = RequestHealth()
    var slow = statistics(100, unanswered: 0)
    slow.medianLatency = .seconds(2)
    health.add(slow)
    #expect(health.isSlow)
    slow.medianLatency = .milliseconds(200)
    slow.latency99 = .seconds(9)
    health.add(slow)
    #expect(!health.isSlow)
  }
}
