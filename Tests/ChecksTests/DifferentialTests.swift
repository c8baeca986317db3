import Checks
import ClusterGraph
import Foundation
import Inspection
import KubernetesObjects
import ObjectBuilders
import Rules
import Testing

/// After any sequence of changes of all kinds, incremental findings equal those of a fresh inspection.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter DifferentialTests`.
@Suite struct DifferentialTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...2000)

  @Test(
    "Incremental and fresh inspection agree, while packs of rules come and go",
    arguments: seeds
  )
  func agree(seed: UInt64) throws {
    try Self.run(seed: seed) { step, inspector, packs, graph, now in
      let checks = Catalogue.checks + packs.rules.checks
      var fresh = Inspector(cluster: "test", checks: checks)
      _ = fresh.inspect(graph.allHandles, in: graph, at: now, watchedFromStart: false)
      let (found, wanted) = (Self.conditions(of: inspector), Self.conditions(of: fresh))
      #expect(found.subtracting(wanted) == [], "step \(step): what does not hold")
      #expect(wanted.subtracting(found) == [], "step \(step): what was not seen")
      guard step.isMultiple(of: 10) else { return }
      let ids = Set(packs.rules.checks.map(\.id))
      let explained = [inspector, fresh].map { inspector in
        let findings = Self.held(by: inspector).filter { ids.contains($0.check) }
        return Set(Causes(findings, checks: packs.rules.checks, in: graph).causes.keys)
      }
      #expect(explained[0] == explained[1], "step \(step)")
    }
  }

  @Test func eachRuleOfThePacksFindsSomething() throws {
    let packs = try RandomPacks().all
    // What may be absent is never missed.
    let optional = packs.flatMap(\.references).filter(\.reference.isOptional).map(\.id)
    var silent = Set(packs.flatMap(\.checks).map(\.id)).subtracting(optional)
    for seed in 1...300 where !silent.isEmpty {
      try Self.run(seed: UInt64(seed)) { _, inspector, _, _, _ in
        silent.subtract(Self.held(by: inspector).map(\.check))
      }
    }
    #expect(silent.isEmpty)
  }

  /// Changes a world at random, and calls `body` with what was found, one by one, after each step.
  private static func run(
    seed: UInt64,
    _ body: (
      _ step: Int, _ inspector: Inspector, _ packs: RandomPacks, _ graph: ClusterGraph,
      _ now: Timestamp
    ) throws -> Void
  ) throws {
    var world = RandomWorld(seed: seed)
    var graph = ClusterGraph()
    var inspector = Inspector(cluster: "test", checks: Catalogue.checks)
    var packs = try RandomPacks()
    var now = Timestamp.noon
    for step in 0..<30 {
      if step == 0 || world.random.oneIn(8) {
        try world.exchangePacks(&packs, of: &inspector, in: &graph, at: now)
      }
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
      try body(step, inspector, packs, graph, now)
    }
  }

  private static func held(by inspector: Inspector) -> [Finding] {
    (inspector.findings + inspector.suspects).filter { $0.awaySince == nil }
  }

  /// All that holds, settled or not: how long it has held, and what keeps coming back, is the
  /// inspector's own knowledge.
  private static func conditions(of inspector: Inspector) -> Set<[String]> {
    Set(
      held(by: inspector).map { finding in
        [
          "\(finding.check) about \(finding.subject)", finding.id.description, finding.message,
          "\(finding.evidence)", "\(finding.related)",
        ]
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

  /// Changes packs as a monitor does: first all is kept that old and new ones read, then these change
  /// places, then what only the old ones read is let go.
  fileprivate mutating func exchangePacks(
    _ packs: inout RandomPacks,
    of inspector: inout Inspector,
    in graph: inout ClusterGraph,
    at now: Timestamp
  ) throws {
    let old = packs.rules
    packs.change(using: &random)
    let new = packs.rules
    var touched: HandleSet = []
    try keep(RuleSet(old.packs + new.packs).extensions, in: &graph, touching: &touched)
    if Bool.random(using: &random) {
      _ = inspector.inspect(touched, in: graph, at: now, watchedFromStart: false)
      touched = []
    }
    let changed = new.difference(from: old)
    let ids = Set(changed.map(\.id))
    inspector.replaceChecks(by: Catalogue.checks + new.checks) { !ids.contains($0) }
    for kind in Set(changed.flatMap(\.subjectKinds)) {
      graph.touchObjects(of: kind, touching: &touched)
    }
    try keep(new.extensions, in: &graph, touching: &touched)
    _ = inspector.inspect(touched, in: graph, at: now, watchedFromStart: false)
  }
}
