import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import NameMatching
import ObjectBuilders
import TestServers
import Testing

@testable import Monitoring

/// What is muted stays in sight, and comes back by itself.
@Suite(.fewAtOnce) struct MutingTests {
  private static let namespaces = APIResource(
    kind: Namespace.kind,
    version: "v1",
    plural: "namespaces",
    isNamespaced: false,
    verbs: ["list", "watch"]
  )

  private func withMonitor(
    mutes: [Mute] = [],
    _ body: (ClusterMonitor, ManualClock) async throws -> Void
  ) async throws {
    let clock = ManualClock()
    let monitor = ClusterMonitor(
      source: StubSource([.podsToFollow, Self.namespaces]),
      options: MonitorOptions(checks: [TooManyPods()], mutes: MuteRules(mutes)),
      clock: clock.wall
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.streams.count == 2 })
    let pod = ObjectSnapshot(Pod.sample("cart", namespace: "shop"))
    await monitor.receive(.replaced([pod], resourceVersion: "1"), of: .podsToFollow, in: nil)
    await receive(Namespace.kind, annotated: nil, by: monitor)
    try await body(monitor, clock)
    task.cancel()
    await task.value
  }

  private func receive(
    _ kind: ObjectKind,
    annotated checks: String?,
    by monitor: ClusterMonitor
  ) async {
    var namespace = Namespace(metadata: .sample("shop"))
    if let checks { namespace.metadata.annotations["kpatrol.io/mute"] = checks }
    let snapshot = ObjectSnapshot(namespace)
    await monitor.receive(.replaced([snapshot], resourceVersion: "2"), of: Self.namespaces, in: nil)
  }

  @Test func anAnnotationMutesAndItsRemovalEndsThat() async throws {
    try await withMonitor { monitor, _ in
      #expect(await monitor.findings().map(\.muting) == [nil])
      #expect(await monitor.status().findings == [.warning: 1])
      await receive(Namespace.kind, annotated: "risk/too-many", by: monitor)
      let muted = await monitor.findings()
      #expect(muted.map(\.muting?.reason) == ["kpatrol.io/mute of Namespace shop"])
      #expect(await monitor.status().findings.isEmpty)
      #expect(await monitor.status().mutedCount == 1)
      #expect(await monitor.digest.countsByCheck["risk/too-many"]?.muted == 1)
      #expect(await monitor.detail(of: muted[0].id)?.finding.muting != nil)
      await receive(Namespace.kind, annotated: nil, by: monitor)
      #expect(await monitor.findings().map(\.muting) == [nil])
    }
  }

  @Test func aNamespaceThatIsMerelyTouchedHasNoFindingLookedAtAgain() async throws {
    try await withMonitor { monitor, _ in
      _ = await monitor.findings()
      let revision = await monitor.digest.revision
      let first = await monitor.snapshot(unless: nil)
      await receive(Namespace.kind, annotated: nil, by: monitor)
      _ = await monitor.findings()
      #expect(await monitor.digest.revision == revision)
      #expect(await monitor.snapshot(unless: first?.revision) == nil)
    }
  }

  @Test func aMuteEndsByItself() async throws {
    let end = ManualClock().wall.now() + .seconds(3600)
    let mute = Mute(check: "risk/*", until: end, reason: "for an hour")
    try await withMonitor(mutes: [mute]) { monitor, clock in
      #expect(await monitor.findings().map(\.muting?.until) == [end])
      #expect(await monitor.report().map(\.finding.muting?.reason) == ["for an hour"])
      clock.advance(by: .seconds(3600))
      #expect(await monitor.findings().map(\.muting) == [nil])
    }
  }
}

/// A check that is never content.
private struct TooManyPods: Check {
  let id: CheckID = "risk/too-many"
  let title = "There are too many Pods"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    [Observation("Pod \(pod.key.qualifiedName) is one too many")]
  }
}
