import Checks
import ClusterGraph
import Foundation
import Inspection
import KubernetesObjects
import ObjectBuilders
import Rules
import Testing

/// Whatever happens in a cluster, and whoever takes over which shards of it: what the holders of the shards find
/// together equals what one finds who sees all, and nobody finds what another does.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter ShardDifferentialTests`.
@Suite struct ShardDifferentialTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...60)

  @Test("The shards' findings together are those of one who sees all", arguments: seeds)
  func agree(seed: UInt64) throws {
    var world = RandomWorld(seed: seed)
    var packs = try RandomPacks()
    packs.change(using: &world.random)
    let rules = packs.rules
    let checks = Catalogue.checks + rules.checks
    let count = Int.random(in: 2...5, using: &world.random)
    var graph = ClusterGraph()
    var shared: HandleSet = []
    try world.keep(rules.extensions, in: &graph, touching: &shared)
    var agents = (0..<3).map { ShardAgent($0, of: count, checks, rules.extensions) }
    var now = Timestamp.noon
    for step in 0..<25 {
      for _ in 0..<Int.random(in: 1...4, using: &world.random) {
        try world.change(&graph, touching: &shared, at: now)
        for index in agents.indices { agents[index].follow(graph, at: now) }
      }
      if world.random.oneIn(4) {
        let moved = Int.random(in: 0..<count, using: &world.random)
        let holder = Int.random(in: 0..<agents.count, using: &world.random)
        for index in agents.indices {
          agents[index].hold(moved, index == holder, graph, at: now)
        }
      }
      for index in agents.indices { agents[index].inspect(at: now) }
      graph.freeUnusedVertices()
      now = now + .seconds(Int.random(in: 0...400, using: &world.random))
      for index in agents.indices { agents[index].advance(to: now) }
      var whole = Inspector(cluster: "test", checks: checks)
      _ = whole.inspect(graph.allHandles, in: graph, at: now, watchedFromStart: false)
      let found = agents.map { Self.conditions(of: $0.inspector) }
      let wanted = Self.conditions(of: whole)
      let union = found.reduce(into: Set()) { $0.formUnion($1) }
      #expect(union.subtracting(wanted) == [], "step \(step): what one who sees all does not find")
      #expect(wanted.subtracting(union) == [], "step \(step): what nobody finds")
      #expect(union.count == found.reduce(0) { $0 + $1.count }, "step \(step): found twice")
      let shown = Self.shown(by: whole).sorted(by: Finding.precedes)
      let causes = Causes(shown, checks: checks, in: graph).causes
      let met = Self.causes(of: shown, metBy: agents, checks)
      #expect(met == causes, "step \(step): what explains what")
    }
  }

  /// What explains what, as is found out where findings meet of which each agent knows some.
  private static func causes(
    of findings: [Finding],
    metBy agents: [ShardAgent],
    _ checks: [any Check]
  ) -> [FindingID: FindingID] {
    let ends = agents.reduce(into: [FindingID: CausalEnds]()) { ends, agent in
      let told = Causes(
        shown(by: agent.inspector),
        checks: checks,
        in: agent.graph,
        tellingEnds: true
      ).ends
      ends.merge(told) { first, _ in first }
    }
    return Causes(
      told: findings.compactMap { finding in ends[finding.id].map { (finding.id, $0) } }
    )
    .causes
  }

  private static func shown(by inspector: Inspector) -> [Finding] {
    (inspector.findings + inspector.suspects)
      .filter { $0.awaySince == nil && !historical.contains($0.check) }
  }

  /// The checks that see what happened, and not only what is: who takes over was not there.
  private static let historical: Set<CheckID> = [
    "unhealthy/event-burst", "unhealthy/node-flapping", "unhealthy/pod-restarts", "widgets/old",
    "workloads/old",
  ]

  private static func conditions(of inspector: Inspector) -> Set<[String]> {
    Set(
      shown(by: inspector).map { finding in
        [
          "\(finding.check) about \(finding.subject)", finding.id.description, finding.message,
          "\(finding.evidence)", "\(finding.related)",
        ]
      }
    )
  }
}

/// One who covers a part: what reaches it of a cluster, and what it finds in that.
private struct ShardAgent {
  var graph = ClusterGraph()
  var inspector: Inspector
  private var touched: HandleSet = []

  /// Shards are held by turns at first.
  init(
    _ index: Int,
    of count: Int,
    _ checks: [any Check],
    _ extensions: [ObjectKind: KindExtension]
  ) {
    inspector = Inspector(cluster: "test", checks: checks)
    let held = (0..<count).filter { $0 % 3 == index }
    _ = inspector.cover(Coverage(of: count, holding: Set(held)), in: graph)
    for (kind, known) in extensions {
      graph.setExtension(of: kind, to: known, touching: &touched)
    }
  }

  private func follows(_ key: ObjectKey) -> Bool {
    let coverage = inspector.coverage
    return key.namespace.isEmpty || coverage.includesCluster
      || coverage.includes(namespace: key.namespace)
      || key.kind == Lease.kind && key.namespace != Lease.nodeNamespace
  }

  /// Takes in what of a cluster is to be followed, as it is now.
  mutating func follow(_ whole: ClusterGraph, at now: Timestamp) {
    graph.time = now
    let kinds = Set(whole.allHandles.compactMap { whole.kind(of: $0) })
      .union(graph.allHandles.compactMap { graph.kind(of: $0) })
    for kind in kinds.sorted() {
      let list = whole.handles(of: kind).compactMap { handle -> ObjectSnapshot? in
        guard let record = whole.record(of: handle), follows(record.key) else { return nil }
        return ObjectSnapshot(
          record: record,
          version: ObjectVersion(),
          projected: whole.projectedFields(of: handle)
        )
      }
      graph.replace(kind, with: list, touching: &touched)
    }
    let others = Kinds.all.map { $0.kind } + ObjectKind.own
    for kind in kinds.union(others + [ObjectKind("Widget", group: "example.com")]).sorted() {
      graph.setKnowledge(of: kind, to: whole.knowledge(of: kind), touching: &touched)
    }
  }

  /// Takes a shard over, or gives it away.
  mutating func hold(_ shard: Int, _ isHeld: Bool, _ whole: ClusterGraph, at now: Timestamp) {
    let old = inspector.coverage
    var new = old
    if isHeld { new.shards.insert(shard) } else { new.shards.remove(shard) }
    guard new != old else { return }
    _ = inspector.cover(new, in: graph)
    follow(whole, at: now)
    guard isHeld else { return }
    touched.formUnion(graph.allHandles)
  }

  mutating func inspect(at now: Timestamp) {
    _ = inspector.inspect(touched, in: graph, at: now, watchedFromStart: false)
    touched = []
    graph.freeUnusedVertices()
  }

  mutating func advance(to now: Timestamp) { _ = inspector.advance(to: now, in: graph) }
}
