import Checks
import HTTP
import Inspection
import KubernetesObjects
import ObjectBuilders
import SimulatedCluster
import Synchronization
import TestServers
import Testing

@testable import Monitoring

/// Who covers a part of a cluster, and takes over others or gives them away.
@Suite(.fewAtOnce) struct CoverageTests {
  /// Notes what is written down.
  private final class Recorder: FindingsRecorder {
    private struct Notes {
      var resolved: [FindingID] = []
      var moved: [FindingID] = []
    }

    private let notes = Mutex(Notes())

    var resolved: [FindingID] { notes.withLock(\.resolved) }
    var moved: [FindingID] { notes.withLock(\.moved) }

    func take(_ delta: FindingsDelta, at time: Timestamp) {
      notes.withLock { $0.resolved += delta.resolved.map(\.id) }
    }

    func take(_ look: FirstLook) {}

    func take(foundOver ids: [FindingID], at time: Timestamp) {}

    func take(movedAway findings: [Finding], at time: Timestamp) {
      notes.withLock { $0.moved += findings.map(\.id) }
    }
  }

  private static let bulk = SimulationOptions(
    scenario: .bulk,
    bulk: BulkWorld(pods: 200, nodes: 10, namespaces: 10),
    runsControllers: false
  )

  private func fleet(
    _ cluster: SimulatedCluster,
    _ coverage: Coverage,
    _ eventLoop: EventLoop,
    own: Coverage? = nil,
    recorder: Recorder? = nil
  ) -> Fleet {
    var options = MonitorOptions(checks: Catalogue.checks, recorder: recorder)
    options.coverage = coverage
    options.ownCoverage = own
    return Fleet([cluster.client("prod", on: eventLoop)], options: options)
  }

  private func ids(of fleet: Fleet) async -> [FindingID] {
    var ids: [FindingID] = []
    for monitor in fleet.monitors { ids += await monitor.findings().map(\.id) }
    return ids
  }

  @Test func whateverIsTakenOverAllIsFoundOnce() async throws {
    let cluster = try await SimulatedCluster.start(Self.bulk)
    let eventLoop = EventLoop()
    let count = 5
    let recorders = (0..<3).map { _ in Recorder() }
    var held: [Set<Int>] = [[0, 3], [1, 4], [2]]
    let whole = fleet(cluster, .everything, eventLoop)
    let fleets = zip(held, recorders).map { held, recorder in
      fleet(cluster, Coverage(of: count, holding: held), eventLoop, recorder: recorder)
    }
    let patrols = (fleets + [whole]).map { fleet in Task { await fleet.run() } }
    #expect(await eventually { await whole.isCovering() })
    let all = await ids(of: whole)
    #expect(all.count > 50)
    var random = SeededGenerator(seed: 1)
    for step in 0..<8 {
      let agree = await eventually {
        var found: [FindingID] = []
        for fleet in fleets {
          guard await fleet.isCovering() else { return false }
          found += await ids(of: fleet)
        }
        return found.sorted() == all.sorted()
      }
      #expect(agree, "step \(step)")
      let moved = Int.random(in: 0..<count, using: &random)
      let holder = Int.random(in: 0..<3, using: &random)
      for index in held.indices {
        held[index].remove(moved)
        if index == holder { held[index].insert(moved) }
        await fleets[index].cover(Coverage(of: count, holding: held[index]))
      }
    }
    for recorder in recorders { #expect(recorder.resolved.isEmpty) }
    #expect(recorders.contains { !$0.moved.isEmpty })
    for patrol in patrols { patrol.cancel() }
    for patrol in patrols { await patrol.value }
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whatMovesAwayIsNotOver() async throws {
    let cluster = try await SimulatedCluster.start(Self.bulk)
    let eventLoop = EventLoop()
    let fleet = fleet(cluster, Coverage(of: 2, holding: [0, 1]), eventLoop)
    let patrol = Task { await fleet.run() }
    #expect(await eventually { await fleet.isCovering() })
    let before = await fleet.newsOfFindings().changed.map(\.finding.id)
    await fleet.cover(Coverage(of: 2, holding: [1]))
    let away = await fleet.newsOfFindings()
    #expect(!away.moved.isEmpty)
    #expect(away.gone.isEmpty && away.changed.isEmpty)
    let objects = await fleet.statuses().first?.objectCount ?? 0

    await fleet.cover(Coverage(of: 2, holding: [0, 1]))
    #expect(await eventually { await fleet.isCovering() })
    let back = await fleet.newsOfFindings()
    #expect(Set(back.changed.map(\.finding.id)) == Set(away.moved.map(\.id)))
    #expect(back.gone.isEmpty && back.moved.isEmpty)
    #expect(await Set(ids(of: fleet)) == Set(before))
    #expect(await fleet.statuses().first?.objectCount ?? 0 > objects)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func whatIsOnesOwnIsAtHandBeforeItIsCovered() async throws {
    let cluster = try await SimulatedCluster.start(Self.bulk)
    let eventLoop = EventLoop()
    let own = Coverage(of: 2, holding: [1])
    let (cold, warm) = (
      fleet(cluster, own, eventLoop),
      fleet(cluster, Coverage(of: 2, holding: []), eventLoop, own: own)
    )
    let patrols = [cold, warm].map { fleet in Task { await fleet.run() } }
    #expect(await eventually { await cold.isCovering() })
    let wanted = Set(await ids(of: cold))
    #expect(await eventually { await warm.isListed() })
    #expect(await ids(of: warm).isEmpty)
    func lists() -> Int { cluster.requestLog.count { $0.path == "/api/v1/pods" } }
    let before = lists()
    for _ in 0..<2 {
      await warm.cover(own)
      #expect(await eventually { await warm.isCovering() })
      #expect(await Set(ids(of: warm)) == wanted)
      await warm.cover(Coverage(of: 2, holding: []))
      #expect(await ids(of: warm).isEmpty)
    }
    #expect(lists() == before, "What is there need not be listed again.")
    // What is another's has to be listed, and what is one's own stays.
    await warm.cover(Coverage(of: 2, holding: [0]))
    #expect(await eventually { await warm.isCovering() })
    await warm.cover(own)
    #expect(await eventually { await warm.isCovering() })
    #expect(await Set(ids(of: warm)) == wanted)
    for patrol in patrols { patrol.cancel() }
    for patrol in patrols { await patrol.value }
    eventLoop.shutdown()
    await cluster.stop()
  }

  @Test func aNamespaceHasOneShardForAll() {
    let coverage = Coverage(of: 3, holding: [0])
    // FNV-1a, 64 bits, as anybody can work it out: of "a" it is af63dc4c8601ec8c.
    #expect(coverage.shard(of: "a") == Int(0xaf63_dc4c_8601_ec8c as UInt64 % 3))
    #expect(coverage.shard(of: "") == 0)
    #expect(Coverage.everything.includes(namespace: "anything"))
    let shards = Set((0..<100).map { coverage.shard(of: "bulk-\($0)") })
    #expect(shards == [0, 1, 2])
  }
}
