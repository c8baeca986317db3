import Checks
import ClusterGraph
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing

@testable import Monitoring

@Suite(.fewAtOnce) struct BacklogTests {
  @Test(arguments: [0, 1, 499, 500, 501, 1700])
  func itsPartsAreTheWhole(count: Int) {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for number in 0..<count {
      graph.upsert(ObjectSnapshot(Node.sample("n-\(number)")), touching: &touched)
    }
    var backlog = Backlog(touched: touched)
    var seen: HandleSet = []
    while !backlog.isDone {
      let part = backlog.nextPart()
      #expect(!part.isEmpty && !part.contains(where: seen.contains))
      seen.formUnion(part)
    }
    #expect(seen == touched)
  }

  /// However many parts that takes, and whatever changes between them.
  @Test func aLargeFirstListIsInspectedAsAWhole() async throws {
    let monitor = ClusterMonitor(
      source: StubSource([.podsToFollow]),
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let running = Task { await monitor.run() }
    #expect(await eventually { await !monitor.streams.isEmpty })
    let pods = (0..<4000).map { ObjectSnapshot(Pod.sample("p-\($0)", namespace: "shop")) }
    await monitor.receive(.replaced(pods, resourceVersion: "1"), of: .podsToFollow, in: nil)
    for round in 0..<100 where await monitor.status().connection != .watching {
      let gone = pods[round * 40].record
      let new = ObjectSnapshot(Pod.sample("new-\(round)", namespace: "shop"))
      await monitor.receive(
        .changes([.deleted(gone.key, uid: gone.metadata.uid), .upserted(new)]),
        of: .podsToFollow,
        in: nil
      )
    }
    #expect(await eventually { await monitor.status().connection == .watching })
    let (incremental, fresh) = await monitor.conditionsAndFreshConditions()
    #expect(!fresh.isEmpty && incremental == fresh)
    #expect(await monitor.firstInspection == nil)
    running.cancel()
    await running.value
  }
  /// What changes while the last part is inspected does not wait as long as what comes with the first lists.
  @Test func theFirstChangesAreInspectedSoon() async throws {
    let clock = ManualClock()
    let monitor = ClusterMonitor(
      source: StubSource([.podsToFollow]),
      options: MonitorOptions(checks: Catalogue.checks),
      clock: clock.wall
    )
    let running = Task { await monitor.run() }
    #expect(await eventually { await !monitor.streams.isEmpty })
    let pods = (0..<4000).map { ObjectSnapshot(Pod.sample("p-\($0)", namespace: "shop")) }
    await monitor.receive(.replaced(pods, resourceVersion: "1"), of: .podsToFollow, in: nil)
    let end = ContinuousClock.now + .seconds(300)
    var round = 0
    while await monitor.status().connection != .watching, ContinuousClock.now < end {
      round += 1
      let changes = (0..<1000).map { [round] number -> ObjectChange in
        .upserted(ObjectSnapshot(Pod.sample("new-\(round % 4)-\(number)", node: "n-\(round)")))
      }
      await monitor.receive(.changes(changes), of: .podsToFollow, in: nil)
    }
    #expect(await monitor.status().connection == .watching)
    let last = ObjectSnapshot(Pod.sample("last", namespace: "shop"))
    await monitor.receive(.changes([.upserted(last)]), of: .podsToFollow, in: nil)
    for _ in 0..<30 where await !monitor.dirty.isEmpty {
      clock.advance(by: .milliseconds(100))
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(await monitor.dirty.isEmpty)
    running.cancel()
    await running.value
  }
}
