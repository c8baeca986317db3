import KubernetesClient
import KubernetesObjects
import TestServers
import Testing

@testable import Monitoring

/// What the server serves is asked when something says that it changed, and now and then.
@Suite(.fewAtOnce) struct DiscoveryTests {
  private func withMonitor(
    of source: StubSource,
    _ body: (ClusterMonitor, ManualClock) async throws -> Void
  ) async throws {
    let clock = ManualClock()
    let monitor = ClusterMonitor(
      source: source,
      options: MonitorOptions(checks: []),
      clock: clock.wall
    )
    let task = Task { await monitor.run() }
    try await body(monitor, clock)
    task.cancel()
    await task.value
  }

  @Test func aKindThatIsDefinedDuringTheFirstSyncIsFollowed() async throws {
    let source = StubSource([.definitions, .podsToFollow])
    try await withMonitor(of: source) { monitor, _ in
      #expect(await eventually { await monitor.streams.count == 2 })
      source.discovery.change { $0.resources.append(.widgets) }
      await monitor.receive(.replaced([], resourceVersion: "1"), of: .definitions, in: nil)
      #expect(await eventually { await monitor.resource(of: APIResource.widgets.kind) != nil })
      #expect(await !monitor.isSynced)
    }
  }

  @Test func aKindThatIsServedInAnotherVersionIsFollowedThere() async throws {
    let source = StubSource([.widgets])
    try await withMonitor(of: source) { monitor, _ in
      #expect(await eventually { await monitor.streams.count == 1 })
      let newer = APIResource.custom("Widget", plural: "widgets", version: "v2")
      source.discovery.change { $0.resources = [newer] }
      await monitor.discoverySignal?.yield()
      #expect(await eventually { await monitor.resource(of: newer.kind) == newer })
      #expect(await monitor.streams.count == 1)
    }
  }

  @Test func aDefinitionIsLookedForASecondTimeASecondLater() async throws {
    let source = StubSource([.definitions])
    try await withMonitor(of: source) { monitor, clock in
      #expect(await eventually { await monitor.streams.count == 1 })
      await monitor.receive(.changes([]), of: .definitions, in: nil)
      #expect(await eventually { clock.sleeps.contains(.seconds(1)) })
      #expect(await eventually { source.discoveryCount.value == 2 })
      source.discovery.change { $0.resources.append(.widgets) }
      clock.advance(by: .seconds(1))
      #expect(await eventually { await monitor.resource(of: APIResource.widgets.kind) != nil })
    }
  }

  @Test func aKindThatIsNotServedAfterAllIsLookedForOnce() async throws {
    let source = StubSource([.widgets])
    try await withMonitor(of: source) { monitor, clock in
      #expect(await eventually { await monitor.streams.count == 1 })
      for _ in 0..<5 {
        await monitor.receive(.state(.listing), of: .widgets, in: nil)
        await monitor.receive(.state(.unsupported("gone")), of: .widgets, in: nil)
      }
      #expect(await eventually { clock.sleeps.contains(.seconds(1)) })
      clock.advance(by: .seconds(1))
      #expect(await eventually { source.discoveryCount.value == 3 })
      await monitor.receive(.state(.unsupported("gone")), of: .widgets, in: nil)
      #expect(clock.sleeps.count { $0 == .seconds(1) } == 1)
    }
  }

  @Test func whoMayNotWatchDefinitionsLearnsOfNewKindsAllTheSame() async throws {
    let source = StubSource([.podsToFollow])
    try await withMonitor(of: source) { monitor, clock in
      #expect(await eventually { await monitor.streams.count == 1 })
      #expect(await eventually { clock.sleeps.contains(ClusterMonitor.discoveryInterval) })
      source.discovery.change { $0.resources.append(.widgets) }
      clock.advance(by: ClusterMonitor.discoveryInterval)
      #expect(await eventually { await monitor.streams.count == 2 })
    }
  }

  @Test func whoMayNotKnowTheVersionMayFollowTheRest() async throws {
    let source = StubSource([.podsToFollow])
    source.versionRefusal.change { $0 = .forbidden(message: "no") }
    try await withMonitor(of: source) { monitor, _ in
      #expect(await eventually { await monitor.streams.count == 1 })
      #expect(await monitor.status().version.isEmpty)
    }
  }

  @Test func aServerThatAsksToWaitIsNotAskedBefore() async throws {
    let source = StubSource([.podsToFollow])
    source.refusals.change { $0 = [.throttled(retryAfter: .seconds(20), message: "busy")] }
    try await withMonitor(of: source) { monitor, clock in
      // Half a minute is how long others wait.
      let waits = { clock.sleeps.filter { $0 >= .seconds(20) && $0 < .seconds(30) } }
      #expect(await eventually { !waits().isEmpty })
      #expect(await monitor.streams.isEmpty)
      clock.advance(by: .seconds(30))
      #expect(await eventually { await monitor.streams.count == 1 })
    }
  }
}

extension ClusterMonitor {
  fileprivate func resource(of kind: ObjectKind) -> APIResource? {
    streams.values.first { $0.resource.kind == kind }?.resource
  }
}
