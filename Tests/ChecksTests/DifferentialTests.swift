import Checks
import ClusterGraph
import Foundation
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// After any sequence of changes of all kinds, incremental findings equal those of a fresh inspection.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter DifferentialTests`.
@Suite struct DifferentialTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...2000)

  @Test("Incremental and fresh inspection agree", arguments: seeds)
  func agree(seed: UInt64) throws {
    var world = RandomWorld(seed: seed)
    var graph = ClusterGraph()
    var inspector = Inspector(cluster: "test", checks: Catalogue.checks)
    var now = Timestamp.noon
    for step in 0..<30 {
      let touched = try world.changes(of: &graph, at: now)
      // In two parts, between which there may be other changes, as there are where there is much to inspect.
      let all = inspector.prepare(touched, in: graph)
      let middle = Int.random(in: 0...all.count, using: &world.random)
      _ = inspector.inspect(all[..<middle], of: all, in: graph, at: now, watchedFromStart: false)
      let touchedMeanwhile =
        Bool.random(using: &world.random) ? try world.changes(of: &graph, at: now) : []
      _ = inspector.inspect(all[middle...], of: all, in: graph, at: now, watchedFromStart: false)
      _ = inspector.inspect(touchedMeanwhile, in: graph, at: now, watchedFromStart: false)
      graph.freeUnusedVertices()
      now = now + .seconds(Int.random(in: 0...400, using: &world.random))
      _ = inspector.advance(to: now, in: graph)

      var fresh = Inspector(cluster: "test", checks: Catalogue.checks)
      _ = fresh.inspect(graph.allHandles, in: graph, at: now, watchedFromStart: false)
      #expect(Self.conditions(of: inspector) == Self.conditions(of: fresh), "step \(step)")
    }
  }

  /// All that holds, settled or not: how long it has held, and what keeps coming back, is the
  /// inspector's own knowledge.
  private static func conditions(of inspector: Inspector) -> Set<[String]> {
    Set(
      (inspector.findings + inspector.suspects).filter { $0.awaySince == nil }.map { finding in
        [finding.id.description, finding.message, "\(finding.evidence)", "\(finding.related)"]
      }
    )
  }
}

extension RandomWorld {
  /// Makes a few changes, and answers what they touched.
  fileprivate mutating func changes(
    of graph: inout ClusterGraph,
    at now: Timestamp
  ) throws -> HandleSet {
    var touched: HandleSet = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      try change(&graph, touching: &touched, at: now)
    }
    return touched
  }
}
