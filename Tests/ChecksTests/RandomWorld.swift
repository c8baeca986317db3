import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import RandomObjects
import WireFormats

/// A small cluster in which anything may happen: objects of the kinds that most checks read, with what
/// they look for, among objects of all kinds with any of their fields.
struct RandomWorld {
  private var objects: RandomObjects
  /// What rules read of objects besides their records, and the objects of which they can: those that came as
  /// JSON.
  private var kept: [ObjectKind: KindExtension] = [:]
  private var written: [ObjectKey: (json: JSONValue, resource: APIResource)] = [:]

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
    switch Int.random(in: 0..<6, using: &random) {
    case 0..<3:
      let isClaimant = Bool.random(using: &random)
      return ObjectSnapshot(isClaimant ? claimant(at: now) : record(at: now))
    case 3:
      let (json, resource) = writtenObject(at: now)
      return try snapshot(json, of: resource)
    default:
      // Pods more often than others, for most of what rules see is of them.
      let isPod = random.oneIn(4)
      let kind = pick(RandomObjects.kinds.filter { !isPod || $0.resource.kind == Pod.kind })
      return try snapshot(objects.object(kind.message, of: kind.resource), of: kind.resource)
    }
  }

  private mutating func snapshot(
    _ json: JSONValue,
    of resource: APIResource
  ) throws -> ObjectSnapshot {
    let projection = kept[resource.kind]?.projection
    let snapshot = try ObjectSnapshot(reading: json, of: resource, keeping: projection)
    written[snapshot.record.key] = (json, resource)
    return snapshot
  }

  /// Has other fields kept of objects, and lists those again of which that is so.
  mutating func keep(
    _ new: [ObjectKind: KindExtension],
    in graph: inout ClusterGraph,
    touching touched: inout HandleSet
  ) throws {
    let old = kept
    kept = new
    for kind in Set(old.keys).union(new.keys).sorted() {
      graph.setExtension(of: kind, to: new[kind], touching: &touched)
      guard old[kind]?.projection != new[kind]?.projection else { continue }
      let list = try graph.keys(of: kind).sorted().compactMap { key -> ObjectSnapshot? in
        guard let record = graph.record(key) else { return nil }
        guard let source = written[key] else { return ObjectSnapshot(record) }
        return try snapshot(source.json, of: source.resource)
      }
      graph.replace(kind, with: list, touching: &touched)
    }
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
