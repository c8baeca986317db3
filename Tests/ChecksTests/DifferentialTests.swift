import Checks
import ClusterGraph
import Foundation
import Inspection
import KubernetesObjects
import ObjectBuilders
import Testing

/// After any sequence of changes, incremental findings equal those of a fresh inspection.
///
/// A failing seed is run alone with `KPATROL_SEED=N swift test --filter DifferentialTests`.
@Suite struct DifferentialTests {
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["KPATROL_SEED"].flatMap(UInt64.init).map { [$0] }
    ?? Array(1...300)

  @Test("Incremental and fresh inspection agree", arguments: seeds)
  func agree(seed: UInt64) {
    var world = RandomWorld(seed: seed)
    var graph = ClusterGraph()
    var inspector = Inspector(cluster: "test", checks: Catalogue.checks)
    var now = Timestamp.noon
    for step in 0..<60 {
      var touched: Set<Handle> = []
      for _ in 0..<Int.random(in: 1...4, using: &world.random) {
        world.change(&graph, touching: &touched, at: now)
      }
      _ = inspector.inspect(touched, in: graph, at: now, watchedFromStart: false)
      graph.freeUnusedVertices()
      now = now + .seconds(Int.random(in: 0...400, using: &world.random))
      _ = inspector.advance(to: now)

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

/// A small cluster in which anything may happen.
private struct RandomWorld {
  var random: SeededGenerator

  private static let kinds = [
    Pod.kind, Node.kind, PersistentVolume.kind, CustomResourceDefinition.kind,
    ResourceQuota.kind, Namespace.kind, ObjectKind("Widget", group: "example.com"),
    ObjectKind("ReplicaSet", group: "apps"),
  ]

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func change(
    _ graph: inout ClusterGraph,
    touching touched: inout Set<Handle>,
    at now: Timestamp
  ) {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<12: graph.upsert(ObjectSnapshot(record(at: now)), touching: &touched)
    case 12..<16: graph.remove(record(at: now).key, touching: &touched)
    case 16, 17:
      let kind = pick(Self.kinds)
      let list = (0..<6).map { _ in record(at: now) }.filter { $0.kind == kind }
      graph.replace(kind, with: list.map { ObjectSnapshot($0) }, touching: &touched)
    case 18: graph.setKnowledge(of: pick(Self.kinds), to: .known, touching: &touched)
    default: graph.setKnowledge(of: pick(Self.kinds), to: .unknown("gone"), touching: &touched)
    }
  }

  private mutating func record(at now: Timestamp) -> any ObjectRecord {
    let deleted = Bool.random(using: &random) ? nil : now
    let finalizers = Bool.random(using: &random) ? [] : ["example.com/hold"]
    switch Int.random(in: 0..<9, using: &random) {
    case 0...3:
      return Pod.sample(
        pick(["a", "b", "c", "d"]),
        namespace: pick(["shop", "payments"]),
        uid: pick(["1", "2"]),
        node: pick(["", "node-1", "node-2"]),
        addresses: [pick(["10.0.1.1", "10.0.1.2", "10.0.2.1", "2001:db8::1"])],
        phase: pick([.running, .running, .succeeded, .pending]),
        usesHostNetwork: pick([false, false, true]),
        deleted: deleted,
        finalizers: finalizers,
        owner: pick([nil, "cart"])
      )
    case 4:
      return Node.sample(
        pick(["node-1", "node-2"]),
        ready: pick([.isTrue, .isFalse, .unknown, nil]),
        isUnschedulable: Bool.random(using: &random),
        podCIDRs: pick([[], ["10.0.1.0/24"], ["10.0.2.0/24", "2001:db8::/64"]])
      )
    case 5:
      return PersistentVolume.sample(
        pick(["pv-1", "pv-2"]),
        phase: pick([.bound, .released, .available]),
        claim: pick([nil, "data"])
      )
    case 6: return CustomResourceDefinition.sample(isServed: Bool.random(using: &random))
    case 7:
      return ResourceQuota.sample(
        used: ["pods": pick(["1", "9", "10"]), "cpu": pick(["1", "950m"])],
        hard: ["pods": "10", "cpu": "1"]
      )
    default: return PartialRecord.widget(deleted: deleted, finalizers: finalizers)
    }
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }
}
