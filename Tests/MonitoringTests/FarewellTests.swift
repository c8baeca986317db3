import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Synchronization
import TestServers
import Testing

@testable import Monitoring

/// What ends between the one who gives a part of a cluster away and the one who takes it.
@Suite(.fewAtOnce) struct FarewellTests {
  private struct LostPods: Check {
    let id: CheckID = "unhealthy/lost-pod"
    let title = "A Pod is lost"
    let severity = Severity.warning
    let settles = Duration.zero
    let needs: [ObjectKind] = []
    let reach = CheckReach.namespace
    let explanation = ""

    func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
      pod.nodeName.isEmpty ? [Observation("Pod \(pod.key.name) is lost")] : []
    }
  }

  /// Notes what is told, in order.
  private final class Listener: FindingsFollower {
    let told = Mutex<[String]>([])

    func take(_ changes: [FindingChange], at time: Timestamp) {
      told.withLock { told in
        told += changes.map { change in
          switch change {
          case .raised(let known): "raised \(known.finding.id)"
          case .resolved(let id): "resolved \(id)"
          case .movedAway(let id): "moved \(id)"
          }
        }
      }
    }

    func take(_ look: FirstLook) {}

    /// What was told since it was asked last.
    func news() -> [String] {
      told.withLock { told in
        defer { told = [] }
        return told
      }
    }
  }

  private let clock = ManualClock()
  private let listener = Listener()
  /// Namespaces of two of three shards; who holds the first follows the whole cluster.
  private let kept = namespace(of: 1)
  private let given = namespace(of: 2)

  private static func namespace(of shard: Int) -> String {
    let coverage = Coverage(of: 3, holding: [])
    return (0..<64).map { "team-\($0)" }.first { coverage.shard(of: $0) == shard } ?? ""
  }

  private static func id(_ name: String, in namespace: String) -> FindingID {
    FindingID(
      cluster: "prod",
      check: "unhealthy/lost-pod",
      subject: .object(ObjectKey(Pod.kind, namespace: namespace, name: name)),
      discriminator: ""
    )
  }

  private static func snapshot(_ name: String, in namespace: String, node: String) -> ObjectSnapshot
  {
    ObjectSnapshot(Pod.sample(name, namespace: namespace, node: node))
  }

  private func withMonitor(
    covering shards: Set<Int>,
    _ body: (ClusterMonitor) async throws -> Void
  ) async throws {
    var options = MonitorOptions(checks: [LostPods()])
    options.coverage = Coverage(of: 3, holding: shards)
    options.follower = listener
    let monitor = ClusterMonitor(
      source: StubSource([.podsToFollow]),
      options: options,
      clock: clock.wall
    )
    let running = Task { await monitor.run() }
    #expect(await eventually { await !monitor.streams.isEmpty })
    let pods = [(kept, "a"), (given, "b"), (given, "c"), (given, "d")].map {
      Self.snapshot($1, in: $0, node: "")
    }
    await monitor.receive(.replaced(pods, resourceVersion: "1"), of: .podsToFollow, in: nil)
    #expect(await eventually { await monitor.isCovering })
    try await body(monitor)
    running.cancel()
    await running.value
  }

  /// Has Pods be on a Node, or on none.
  private func put(_ names: String..., on node: String, _ monitor: ClusterMonitor) async {
    await monitor.receive(
      .changes(names.map { .upserted(Self.snapshot($0, in: given, node: node)) }),
      of: .podsToFollow,
      in: nil
    )
    await monitor.catchUp()
  }

  @Test func whatEndsBeforeTheOtherSeesItIsTold() async throws {
    try await withMonitor(covering: [1, 2]) { monitor in
      let (b, c, d) = (
        Self.id("b", in: given), Self.id("c", in: given), Self.id("d", in: given)
      )
      _ = listener.news()
      await monitor.cover(Coverage(of: 3, holding: [1]))
      #expect(await monitor.findings().map(\.id) == [Self.id("a", in: kept)])
      #expect(listener.news().isEmpty)

      // What is new there the other tells, and of what comes back, too.
      await put("b", on: "node-1", monitor)
      await put("b", "new", on: "", monitor)
      await put("c", on: "node-1", monitor)
      #expect(listener.news() == ["resolved \(b)", "resolved \(c)"])
      #expect(await monitor.findings().map(\.id) == [Self.id("a", in: kept)])

      clock.advance(by: Farewell.duration)
      // The alarm may not be set yet when time goes on.
      let isOver = await eventually {
        clock.advance(by: .seconds(1))
        return await monitor.farewell == nil
      }
      #expect(isOver)
      #expect(listener.news() == ["moved \(d)"])
      #expect(await monitor.graph.keys(of: Pod.kind).map(\.name) == ["a"])
      await put("d", on: "node-1", monitor)
      #expect(listener.news().isEmpty)
    }
  }

  @Test func whoTakesItBackHasItAsItIs() async throws {
    try await withMonitor(covering: [1, 2]) { monitor in
      await monitor.cover(Coverage(of: 3, holding: [1]))
      await put("b", on: "node-1", monitor)
      _ = listener.news()
      await monitor.cover(Coverage(of: 3, holding: [1, 2]))
      let moved = ["c", "d"].map { Self.id($0, in: given) }.sorted()
      #expect(listener.news() == moved.map { "moved \($0)" })
      // The list that it asks for.
      let pods = [(kept, "a"), (given, "c")].map { Self.snapshot($1, in: $0, node: "") }
      await monitor.receive(.replaced(pods, resourceVersion: "2"), of: .podsToFollow, in: nil)
      #expect(await eventually { await monitor.isCovering })
      let found = await Set(monitor.findings().map(\.id))
      #expect(found == [Self.id("a", in: kept), Self.id("c", in: given)])
    }
  }
}
