import Checks
import HTTP
import Inspection
import Journal
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// API groups whose own servers do not answer: said, not fatal, and noticed when they are mended.
@Suite(.fewAtOnce) struct BrokenGroupTests {
  private func metricsService(isAvailable: Bool) -> JSONValue {
    [
      "apiVersion": "apiregistration.k8s.io/v1",
      "kind": "APIService",
      "metadata": ["name": "v1beta1.metrics.k8s.io"],
      "spec": [
        "group": "metrics.k8s.io",
        "version": "v1beta1",
        "groupPriorityMinimum": 100,
        "versionPriority": 100,
        "service": ["name": "metrics-server", "namespace": "kube-system"],
      ],
      "status": [
        "conditions": [
          ["type": "Available", "status": .string(isAvailable ? "True" : "False")]
        ]
      ],
    ]
  }

  @Test func aGroupThatBreaksIsSaidUntilItIsMended() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: cluster.client("prod", on: eventLoop),
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    #expect(await monitor.status().brokenGroups.isEmpty)
    try cluster.apply(metricsService(isAvailable: false))
    #expect(
      await eventually {
        await monitor.status().brokenGroups.map(\.groupVersion) == ["metrics.k8s.io/v1beta1"]
      }
    )
    #expect(await monitor.status().connection == .watching)
    try cluster.apply(metricsService(isAvailable: true))
    #expect(await eventually { await monitor.status().brokenGroups.isEmpty })
    task.cancel()
    await task.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whatABrokenGroupServesIsNotTakenForGone() async throws {
    let source = StubSource([.widgets])
    let monitor = ClusterMonitor(
      source: source,
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let task = Task { await monitor.run() }
    let kinds: () async -> Set<ObjectKind> = { Set(await monitor.streams.keys.map(\.kind)) }
    #expect(await eventually { await kinds() == [APIResource.widgets.kind] })
    source.discovery.change { discovery in
      discovery = Discovery()
      discovery.brokenGroups = [.init(group: "example.com", version: "v1", reason: "gone")]
    }
    await monitor.discoverySignal?.yield()
    #expect(await eventually { await !monitor.brokenGroups.isEmpty })
    #expect(await kinds() == [APIResource.widgets.kind])
    source.discovery.change { $0 = Discovery() }
    await monitor.discoverySignal?.yield()
    #expect(await eventually { await kinds().isEmpty })
    task.cancel()
    await task.value
  }

  @Test func aGroupThatStaysBrokenIsAFinding() async throws {
    let clock = ManualClock()
    let source = StubSource([.widgets])
    source.discovery.change {
      $0.brokenGroups = [.init(group: "metrics.k8s.io", version: "v1beta1", reason: "gone")]
    }
    let monitor = ClusterMonitor(
      source: source,
      options: MonitorOptions(checks: checks),
      clock: clock.wall
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await !monitor.brokenGroups.isEmpty })
    #expect(await monitor.findings().isEmpty)
    #expect(await eventually { clock.sleeps.contains(.seconds(60)) })
    clock.advance(by: .seconds(60))
    #expect(await eventually { await monitor.findings().count == 1 })
    let finding = try #require(await monitor.findings().first)
    #expect(finding.check == "unhealthy/api-service" && finding.severity == .critical)
    #expect(finding.message == "API group metrics.k8s.io/v1beta1 is not served: gone")
    #expect(await monitor.detail(of: finding.id)?.title == "API group is not available")
    source.discovery.change { $0.brokenGroups = [] }
    await monitor.discoverySignal?.yield()
    #expect(await eventually { await monitor.findings().isEmpty })
    task.cancel()
    await task.value
  }

  @Test func aBrokenGroupIsWrittenDownAndSoIsItsEnd() async throws {
    let clock = ManualClock()
    let source = StubSource([.widgets])
    source.discovery.change {
      $0.brokenGroups = [.init(group: "metrics.k8s.io", version: "v1beta1", reason: "gone")]
    }
    let (journal, history) = (JournalStore.inMemory, FindingsHistory())
    let monitor = ClusterMonitor(
      source: source,
      options: MonitorOptions(checks: checks, recorder: history, journal: journal),
      clock: clock.wall
    )
    let tasks = [
      Task { await monitor.run() },
      Task { await history.run(into: journal, gathering: .zero) { Issue.record("\($0)") } },
    ]
    #expect(await eventually { clock.sleeps.contains(.seconds(60)) })
    clock.advance(by: .seconds(60))
    #expect(await eventually { await monitor.findings().count == 1 })
    let id = try #require(await monitor.findings().first).id.description
    let isRaised = await eventually {
      (try? await journal.occurrences(ofFinding: id).map(\.resolved)) == [nil]
    }
    #expect(isRaised)
    source.discovery.change { $0.brokenGroups = [] }
    await monitor.discoverySignal?.yield()
    let isOver = await eventually {
      (try? await journal.occurrences(ofFinding: id).first?.outcome.hasPrefix("resolved")) == true
    }
    #expect(isOver)
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  @Test func aScanCountsABrokenGroupAtOnce() async throws {
    let source = StubSource([.widgets])
    source.discovery.change {
      $0.brokenGroups = [.init(group: "metrics.k8s.io", version: "v1beta1", reason: "gone")]
    }
    let options = MonitorOptions(checks: checks, settlePolicy: .singleLook)
    let monitor = ClusterMonitor(source: source, options: options)
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.findings().count == 1 })
    task.cancel()
    await task.value
  }

  @Test("Who leaves the check out, or switches it off, is not told", arguments: [true, false])
  func aBrokenGroupIsTheChecksAffair(isLeftOut: Bool) async throws {
    let source = StubSource([.widgets])
    source.discovery.change {
      $0.brokenGroups = [.init(group: "metrics.k8s.io", version: "v1beta1", reason: "gone")]
    }
    let off = CheckSettings(["unhealthy/api-service": .init(isEnabled: false)])
    let options = MonitorOptions(
      checks: isLeftOut ? [] : checks,
      checkSettings: isLeftOut ? CheckSettings() : off,
      settlePolicy: .singleLook
    )
    let monitor = ClusterMonitor(source: source, options: options)
    let task = Task { await monitor.run() }
    #expect(await eventually { await !monitor.brokenGroups.isEmpty })
    #expect(await monitor.findings().isEmpty)
    task.cancel()
    await task.value
  }

  private let checks = Catalogue.checks.filter { $0.id == "unhealthy/api-service" }
}
