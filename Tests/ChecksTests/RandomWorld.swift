import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import RandomObjects

/// A small cluster in which anything may happen: objects of the kinds that most checks read, with what
/// they look for, among objects of all kinds with any of their fields.
struct RandomWorld {
  private var objects: RandomObjects

  var random: SeededGenerator {
    get { objects.random }
    set { objects.random = newValue }
  }

  private static let kinds =
    RandomObjects.kinds.map(\.resource.kind) + [ObjectKind("Widget", group: "example.com")]
    + ObjectKind.own

  init(seed: UInt64) { objects = RandomObjects(seed: seed) }

  mutating func change(
    _ graph: inout ClusterGraph,
    touching touched: inout HandleSet,
    at now: Timestamp
  ) throws {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<12: graph.upsert(try snapshot(at: now), touching: &touched)
    case 12..<16:
      // What is there, and sometimes what is not.
      let kind = pick(Self.kinds)
      let keys = graph.keys(of: kind).sorted()
      let key = keys.isEmpty ? try snapshot(at: now).record.key : pick(keys)
      graph.remove(key, touching: &touched)
    case 16, 17:
      let kind = pick(Self.kinds)
      let kept = graph.keys(of: kind).sorted().filter { _ in Bool.random(using: &random) }
      let list = try (0..<6).map { _ in try snapshot(at: now) }.filter { $0.record.kind == kind }
      let known = kept.compactMap { graph.record($0) }.map { ObjectSnapshot($0) }
      graph.replace(kind, with: known + list, touching: &touched)
    case 18: graph.setKnowledge(of: pick(Self.kinds), to: .known, touching: &touched)
    default:
      // The kind is gone, or merely not known for a while.
      let kind = pick(Self.kinds)
      if Bool.random(using: &random) { graph.replace(kind, with: [], touching: &touched) }
      graph.setKnowledge(of: kind, to: .unknown("gone"), touching: &touched)
    }
  }

  private mutating func snapshot(at now: Timestamp) throws -> ObjectSnapshot {
    guard Bool.random(using: &random) else {
      let isClaimant = Bool.random(using: &random)
      return ObjectSnapshot(isClaimant ? claimant(at: now) : record(at: now))
    }
    let kind = pick(RandomObjects.kinds)
    return try objects.snapshot(kind.message, of: kind.resource)
  }

  private mutating func record(at now: Timestamp) -> any ObjectRecord {
    let deleted = Bool.random(using: &random) ? nil : now
    let finalizers = Bool.random(using: &random) ? [] : ["example.com/hold"]
    switch Int.random(in: 0..<10, using: &random) {
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
    case 8: return workload()
    default: return CustomRecord.widget(deleted: deleted, finalizers: finalizers)
    }
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    random.pick(elements)
  }
}
