import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import NameMatching
import ObjectBuilders
import TestServers
import Testing

@testable import Monitoring

/// What the catalogue tells of checks while they are run.
@Suite(.fewAtOnce) struct CatalogueTests {
  private static let options = MonitorOptions(
    checks: [
      EveryPod(id: "risk/switched-off"), EveryPod(id: "risk/every-pod"),
      EveryPod(id: "risk/with-widgets", needs: [APIResource.widgets.kind]),
    ],
    checkSettings: CheckSettings(["risk/switched-off": .init(isEnabled: false)]),
    settlePolicy: .atMost(.seconds(30)),
    mutes: MuteRules([Mute(check: "risk/with-*", reason: "known")])
  )

  @Test func checksAreToldOfAllClustersTogether() async throws {
    let clock = ManualClock()
    let fleet = Fleet(
      [StubSource([.podsToFollow, .widgets]), StubSource([.podsToFollow])],
      options: Self.options,
      clock: clock.wall
    )
    let monitors = fleet.monitors
    let running = Task { await fleet.run() }
    for (monitor, kinds) in zip(monitors, [2, 1]) {
      #expect(await eventually { await monitor.streams.count == kinds })
      let pods = ["cart", "web"].map { ObjectSnapshot(Pod.sample($0, namespace: "shop")) }
      await monitor.receive(.replaced(pods, resourceVersion: "1"), of: .podsToFollow, in: nil)
      #expect(await monitor.findings().isEmpty)
    }
    let young = await fleet.catalogue(ofCluster: nil)
    #expect(young.rows.map(\.id) == ["risk/every-pod", "risk/switched-off", "risk/with-widgets"])
    #expect(young.rows.map(\.suspects) == [4, 0, 4] && young.rows.map(\.findings) == [0, 0, 0])
    #expect(young.rows.map(\.window) == Array(repeating: .seconds(30), count: 3))
    #expect(young.rows.map(\.cost.runs) == [4, 0, 4])
    #expect(young.rows.map(\.cost.observations) == [4, 0, 4])
    #expect(young.duration == young.rows[0].cost.duration + young.rows[2].cost.duration)

    clock.advance(by: .seconds(31))
    for monitor in monitors {
      await monitor.catchUp()
      #expect(await monitor.findings().count == 4)
    }
    let page = await fleet.catalogue(ofCluster: "prod")
    #expect(page.rows.map(\.findings) == [4, 0, 0] && page.rows.map(\.muted) == [0, 0, 4])
    #expect(page.rows.map(\.suspects) == [0, 0, 0] && page.settings == Self.options.checkSettings)
    // Widgets are not listed yet where they are served.
    #expect(page.rows[2].shares.map(\.isBlind) == [true, false])
    #expect(page.rows[2].shares[0].notInspected.map(\.kind) == [APIResource.widgets.kind])
    #expect(await fleet.catalogue(ofCluster: "other").rows.isEmpty)

    for monitor in monitors {
      await monitor.receive(.replaced([], resourceVersion: "2"), of: .podsToFollow, in: nil)
      _ = await monitor.findings()
    }
    let after = await fleet.catalogue(ofCluster: nil)
    #expect(after.rows.allSatisfy { ($0.findings, $0.muted, $0.suspects) == (0, 0, 0) })
    running.cancel()
    await running.value
  }
}

/// A check that is content with no Pod.
private struct EveryPod: Check {
  let id: CheckID
  var needs: [ObjectKind] = []
  let title = "There is a Pod"
  let severity = Severity.warning
  let settles = Duration.seconds(60)
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    [Observation("Pod \(pod.key.qualifiedName) is there")]
  }
}
