import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Synchronization
import TestServers
import Testing

@testable import Monitoring

/// What is found over once more of a cluster can be seen than at the first look.
@Suite(.fewAtOnce) struct LaterSightTests {
  private struct OddPods: Check {
    let id: CheckID = "risk/odd-pod"
    let title = "A Pod is odd"
    let severity = Severity.warning
    let settles = Duration.zero
    let needs: [ObjectKind] = [APIResource.widgets.kind]
    let explanation = ""

    func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] { [] }
  }

  /// Notes which checks saw all, look by look.
  private final class Recorder: FindingsRecorder {
    let looks = Mutex<[Set<CheckID>]>([])

    func take(_ delta: FindingsDelta, at time: Timestamp) {}

    func take(_ look: FirstLook) { looks.withLock { $0.append(look.checks) } }

    func take(foundOver ids: [FindingID], at time: Timestamp) {}
  }

  @Test func itIsToldWhereNothingElseHappens() async throws {
    let (clock, recorder) = (ManualClock(), Recorder())
    let monitor = ClusterMonitor(
      source: StubSource([.podsToFollow, .widgets]),
      options: MonitorOptions(checks: [OddPods()], recorder: recorder),
      clock: clock.wall
    )
    let running = Task { await monitor.run() }
    #expect(await eventually { await monitor.streams.count == 2 })
    await monitor.receive(.replaced([], resourceVersion: "1"), of: .podsToFollow, in: nil)
    await monitor.receive(.state(.forbidden("no")), of: .widgets, in: nil)
    #expect(await eventually { recorder.looks.withLock(\.self) == [[]] })
    let isAtRest = await eventually {
      // Whatever waits for a while to be inspected.
      clock.advance(by: .seconds(1))
      return await monitor.dirty.isEmpty
    }
    #expect(isAtRest)

    let again = await eventually {
      await monitor.receive(.replaced([], resourceVersion: "1"), of: .widgets, in: nil)
      return await monitor.graph.knowledge(of: APIResource.widgets.kind) == .known
    }
    #expect(again)
    let isTold = await eventually(within: .seconds(20)) {
      clock.advance(by: .milliseconds(10))
      return recorder.looks.withLock(\.self) == [[], ["risk/odd-pod"]]
    }
    #expect(isTold)
    running.cancel()
    await running.value
  }
}
