import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Rules
import WireFormats

/// A cluster with rules, as its objects come and go.
struct World {
  private(set) var graph = ClusterGraph()
  private(set) var inspector: Inspector
  private let extensions: [ObjectKind: KindExtension]
  private let checks: [any Check]
  static let beginning = Timestamp(millisecondsSince1970: 1_767_225_600_000)
  private(set) var now = World.beginning

  init(_ packs: RulePack..., beside checks: [any Check] = [], known: [ObjectKind] = []) {
    let set = RuleSet(packs)
    extensions = set.extensions
    self.checks = checks + set.checks
    inspector = Inspector(cluster: "test", checks: self.checks)
    change { graph, touched in
      for (kind, known) in set.extensions {
        graph.setExtension(of: kind, to: known, touching: &touched)
      }
      for kind in Set(known).union(set.extensions.keys) {
        graph.setKnowledge(of: kind, to: .known, touching: &touched)
      }
    }
  }

  mutating func change(_ body: (inout ClusterGraph, inout HandleSet) -> Void) {
    var touched: HandleSet = []
    graph.time = now
    body(&graph, &touched)
    _ = inspector.inspect(touched, in: graph, at: now, watchedFromStart: true)
    graph.freeUnusedVertices()
  }

  /// Puts an object that is written as JSON.
  mutating func put(_ kind: ObjectKind, _ name: String, _ members: JSONValue = .object([:])) throws
  {
    let parts = name.split(separator: "/").map(String.init)
    var object = members.objectValue ?? [:]
    var metadata = object["metadata"]?.objectValue ?? [:]
    metadata["name"] = .string(parts[parts.count - 1])
    if parts.count > 1 { metadata["namespace"] = .string(parts[0]) }
    object["metadata"] = .object(metadata)
    let resource = APIResource(
      kind: kind,
      version: "v1",
      plural: kind.name.lowercased() + "s",
      isNamespaced: parts.count > 1
    )
    let projection = extensions[kind]?.projection
    let snapshot = try ObjectSnapshot(reading: .object(object), of: resource, keeping: projection)
    change { $0.upsert(snapshot, touching: &$1) }
  }

  mutating func remove(_ kind: ObjectKind, _ name: String) {
    let parts = name.split(separator: "/").map(String.init)
    let key = ObjectKey(
      kind,
      namespace: parts.count > 1 ? parts[0] : "",
      name: parts[parts.count - 1]
    )
    change { $0.remove(key, touching: &$1) }
  }

  mutating func pass(_ duration: Duration) {
    now = now + duration
    _ = inspector.advance(to: now, in: graph)
  }

  /// What is found, as `check about subject`.
  var findings: [String] {
    inspector.findings.map { "\($0.check) about \($0.subject)" }.sorted()
  }

  /// What is found, as if all had held for as long as it must.
  var suspects: [Finding] {
    var inspector = Inspector(cluster: "test", checks: checks, policy: .atMost(.zero))
    var touched: HandleSet = []
    for kind in extensions.keys { graph.touchObjects(of: kind, touching: &touched) }
    _ = inspector.inspect(touched, in: graph, at: now, watchedFromStart: true)
    return inspector.findings
  }

  var messages: [String] { inspector.findings.map(\.message).sorted() }
}
