import ClusterGraph
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing

@testable import Monitoring

/// What a monitor makes of the states of its streams.
@Suite(.fewAtOnce) struct StreamStateTests {
  private func withMonitor(
    of source: StubSource,
    namespaces: [String] = [],
    _ body: (ClusterMonitor, ManualClock) async throws -> Void
  ) async throws {
    let clock = ManualClock()
    let monitor = ClusterMonitor(
      source: source,
      options: MonitorOptions(checks: [], namespaces: namespaces),
      clock: clock.wall
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await !monitor.streams.isEmpty })
    try await body(monitor, clock)
    task.cancel()
    await task.value
  }

  private static let failure = StreamEvent.state(.waiting(for: .seconds(1), because: "it failed"))
  private static let empty = StreamEvent.replaced([], resourceVersion: "1")

  @Test func aKindThatCannotBeListedHoldsUpTheOthersForTenSeconds() async throws {
    try await withMonitor(of: StubSource([.podsToFollow, .widgets])) { monitor, clock in
      await monitor.receive(Self.empty, of: .podsToFollow, in: nil)
      await monitor.receive(Self.failure, of: .widgets, in: nil)
      clock.advance(by: .seconds(9))
      await monitor.receive(Self.failure, of: .widgets, in: nil)
      #expect(await monitor.status().connection == .syncing)
      clock.advance(by: .seconds(1))
      await monitor.receive(Self.failure, of: .widgets, in: nil)
      var status = await monitor.status()
      #expect(status.connection == .watching && status.kindsSynced == 2)
      #expect(status.notInspected.map(\.reason) == ["it failed"])
      // It goes on trying, and may come yet.
      await monitor.receive(.state(.listing), of: .widgets, in: nil)
      #expect(await monitor.status().connection == .watching)
      await monitor.receive(Self.empty, of: .widgets, in: nil)
      status = await monitor.status()
      #expect(status.notInspected.isEmpty)
    }
  }

  @Test func aListThatComesSlowlyIsWaitedFor() async throws {
    try await withMonitor(of: StubSource([.widgets])) { monitor, clock in
      for _ in 0..<3 {
        await monitor.receive(Self.failure, of: .widgets, in: nil)
        clock.advance(by: .seconds(9))
        await monitor.receive(.listing(received: 500, expected: nil), of: .widgets, in: nil)
      }
      #expect(await monitor.status().kindsSynced == 0)
    }
  }

  @Test func nobodyIsSaidToSeeNothingBeforeThatIsKnown() async throws {
    let source = StubSource([.widgets], defaultNamespace: "shop")
    source.answersReviews.change { $0 = false }
    source.allowedNamespaces.change { $0 = ["shop"] }
    try await withMonitor(of: source) { monitor, _ in
      let refusal = Task {
        await monitor.receive(.state(.forbidden("no")), of: .widgets, in: nil)
      }
      await Task.yield()
      #expect(await monitor.status().kindsSynced == 0)
      #expect(await !monitor.isSynced)
      source.answersReviews.change { $0 = true }
      await refusal.value
      #expect(await monitor.streams.keys.map(\.namespace) == ["shop"])
      #expect(await !monitor.isSynced)
      await monitor.receive(Self.empty, of: .widgets, in: "shop")
      #expect(await monitor.isSynced)
    }
  }

  @Test func aDeadServerIsNoticedByWhoMayReadLittle() async throws {
    let other = APIResource.custom("Gadget", plural: "gadgets")
    try await withMonitor(of: StubSource([.widgets, other])) { monitor, _ in
      await monitor.receive(.state(.forbidden("no")), of: other, in: nil)
      await monitor.receive(Self.empty, of: .widgets, in: nil)
      #expect(await monitor.status().connection == .watching)
      await monitor.receive(Self.failure, of: .widgets, in: nil)
      #expect(await monitor.status().connection == .disconnected("it failed"))
    }
  }

  @Test func whatIsRefusedRestsUntilItIsTriedAgain() async throws {
    try await withMonitor(of: StubSource([.widgets])) { monitor, clock in
      let id = ResourceStream.ID(kind: APIResource.widgets.kind, namespace: nil)
      func isResting() async -> Bool { await monitor.streams[id]?.task == nil }
      await monitor.receive(.state(.forbidden("no")), of: .widgets, in: nil)
      #expect(await isResting())
      clock.advance(by: ReflectorState.forbiddenWait - .seconds(1))
      await monitor.endRests(at: clock.wall.now())
      #expect(await isResting())
      // The timer for it may not have begun to wait yet.
      let hasEnded = await eventually {
        clock.advance(by: .seconds(1))
        return await !isResting()
      }
      #expect(hasEnded)
      await monitor.receive(.state(.forbidden("no")), of: .widgets, in: nil)
      #expect(await isResting())
      await monitor.retry()
      #expect(await !isResting())
    }
  }

  @Test func whatMayNoLongerBeReadIsForgotten() async throws {
    let source = StubSource([.podsToFollow], defaultNamespace: "shop")
    source.allowedNamespaces.change { $0 = ["shop"] }
    try await withMonitor(of: source) { monitor, _ in
      let pods = ["shop", "bank"].map { ObjectSnapshot(Pod.sample("p", namespace: $0)) }
      await monitor.receive(.replaced(pods, resourceVersion: "1"), of: .podsToFollow, in: nil)
      #expect(await monitor.graph.count(of: Pod.kind) == 2)
      await monitor.receive(.state(.forbidden("no")), of: .podsToFollow, in: nil)
      #expect(await monitor.graph.keys(of: Pod.kind).map(\.namespace) == ["shop"])
      await monitor.receive(
        .replaced([pods[0]], resourceVersion: "2"),
        of: .podsToFollow,
        in: "shop"
      )
      #expect(await monitor.graph.knowledge(of: Pod.kind) == .knownIn(namespaces: ["shop"]))
    }
  }

  @Test func whatMayBeReadEverywhereLaterIsFollowedEverywhere() async throws {
    let source = StubSource([.widgets], defaultNamespace: "shop")
    source.allowedNamespaces.change { $0 = ["shop"] }
    try await withMonitor(of: source) { monitor, clock in
      await monitor.receive(.state(.forbidden("no")), of: .widgets, in: nil)
      #expect(await monitor.streams.keys.map(\.namespace) == ["shop"])
      source.allowedNamespaces.change { $0 = ["shop", ""] }
      #expect(await eventually { clock.sleeps.contains(ClusterMonitor.wideningInterval) })
      clock.advance(by: ClusterMonitor.wideningInterval)
      #expect(await eventually { await monitor.streams.keys.map(\.namespace) == [nil] })
    }
  }

  @Test func severalNamespacesAreFollowedSideBySide() async throws {
    let source = StubSource([.podsToFollow])
    try await withMonitor(of: source, namespaces: ["bank", "shop"]) { monitor, _ in
      #expect(await monitor.streams.keys.sorted().map(\.namespace) == ["bank", "shop"])
      let bank = ObjectSnapshot(Pod.sample("p", namespace: "bank"))
      await monitor.receive(
        .replaced([bank], resourceVersion: "1"),
        of: .podsToFollow,
        in: "bank"
      )
      #expect(await monitor.status().kindsSynced == 0)
      await monitor.receive(.state(.forbidden("no")), of: .podsToFollow, in: "shop")
      let status = await monitor.status()
      #expect(status.kindsSynced == 1 && status.kindsTotal == 1)
      #expect(status.notInspected.map(\.onlyNamespaces) == [["bank"]])
      await monitor.receive(Self.empty, of: .podsToFollow, in: "shop")
      #expect(await monitor.graph.count(of: Pod.kind) == 1)
      #expect(await monitor.status().notInspected.isEmpty)
    }
  }
}
