import ClusterGraph
import Healing
package import Inspection
import KubernetesObjects
import WireFormats

/// Runs the tests of packs.
package struct RuleTestRun {
  /// A finding, as tests tell of it.
  package struct Found: Sendable, Hashable, Comparable {
    package let rule: CheckID
    package let about: String
    package let message: String

    package static func < (left: Self, right: Self) -> Bool {
      (left.rule, left.about, left.message) < (right.rule, right.about, right.message)
    }
  }

  /// How a test came out.
  package struct Outcome: Sendable {
    package let test: String
    /// What was expected and not found.
    package let missing: [RuleTest.Expectation]
    /// What was found and not expected.
    package let unexpected: [Found]
    /// Objects that cannot be read, and rules that failed.
    package let errors: [String]

    package var hasPassed: Bool { missing.isEmpty && unexpected.isEmpty && errors.isEmpty }
  }

  private let pack: RulePack
  private let test: RuleTest
  private var graph = ClusterGraph()
  private var inspector: Inspector
  private var errors: [String] = []

  private init(_ test: RuleTest, of pack: RulePack) {
    self.pack = pack
    self.test = test
    inspector = Inspector(cluster: "test", checks: pack.checks, policy: .atMost(.zero))
  }

  /// Runs a pack's tests, each in a world of its own.
  package static func outcomes(of pack: RulePack) -> [Outcome] {
    pack.tests.map { test in
      var run = RuleTestRun(test, of: pack)
      return run.outcome()
    }
  }

  private mutating func outcome() -> Outcome {
    let earlier = Dictionary(
      uniqueKeysWithValues: pack.rules.map { ($0.id, $0.meter.reading.errors) }
    )
    graph.time = test.now
    var touched: HandleSet = []
    for (kind, known) in pack.extensions {
      graph.setExtension(of: kind, to: known, touching: &touched)
    }
    for kind in kinds.subtracting(test.unknown) {
      graph.setKnowledge(of: kind, to: .known, touching: &touched)
    }
    let before = put(test.before, &touched)
    inspect(touched)
    touched = []
    let after = put(test.objects, &touched)
    for key in before.subtracting(after) { graph.remove(key, touching: &touched) }
    inspect(touched)
    for rule in pack.rules where rule.meter.reading.errors > earlier[rule.id] ?? 0 {
      errors.append("\(rule.id) failed: \(rule.meter.reading.lastError ?? "")")
    }
    if test.unknown.isEmpty { errors += remedyProblems }
    return judge()
  }

  /// What remedies that are offered cannot fill in.
  private var remedyProblems: [String] {
    inspector.findings.flatMap { finding in
      pack.rules.filter { $0.id == finding.check }.flatMap(\.healing).compactMap { remedy in
        remedy.problem(for: finding, in: graph).map { "\(remedy.id) failed: \($0)" }
      }
    }.sorted()
  }

  /// Finds out which findings stand against which expectations.
  private func judge() -> Outcome {
    var unexpected = inspector.findings.map { finding in
      Found(rule: finding.check, about: finding.subject.description, message: finding.message)
    }
    unexpected.sort()
    var missing: [RuleTest.Expectation] = []
    for expectation in test.expected {
      let match = unexpected.firstIndex { found in
        found.rule == expectation.rule && found.about == expectation.about
          && (expectation.message ?? found.message) == found.message
      }
      if let match { unexpected.remove(at: match) } else { missing.append(expectation) }
    }
    return Outcome(test: test.name, missing: missing, unexpected: unexpected, errors: errors)
  }

  private mutating func inspect(_ touched: HandleSet) {
    _ = inspector.inspect(touched, in: graph, at: test.now, watchedFromStart: true)
  }

  /// Puts objects into the graph, and tells which those are.
  private mutating func put(_ objects: [JSONValue], _ touched: inout HandleSet) -> Set<ObjectKey> {
    var keys: Set<ObjectKey> = []
    for object in objects {
      do {
        let snapshot = try Self.snapshot(of: object, pack.extensions)
        keys.insert(snapshot.record.key)
        graph.upsert(snapshot, touching: &touched)
      } catch {
        errors.append("\(Self.kind(of: object)) cannot be read: \(error)")
      }
    }
    return keys
  }

  private static func snapshot(
    of object: JSONValue,
    _ extensions: [ObjectKind: KindExtension]
  ) throws(WireError) -> ObjectSnapshot {
    let kind = kind(of: object)
    let resource = APIResource(
      kind: kind,
      version: object["apiVersion"]?.stringValue?.split(separator: "/").last.map(String.init)
        ?? "v1",
      plural: kind.name.lowercased() + "s",
      isNamespaced: object["metadata"]?["namespace"] != nil
    )
    var pool = SharingPool()
    let bytes = object.encoded()
    var reader = FieldReader(JSONReader(bytes.span.bytes))
    let decoder = ObjectDecoder(keeping: extensions[kind]?.projection)
    return try decoder.decode(&reader, of: resource, sharing: &pool)
  }

  private static func kind(of object: JSONValue) -> ObjectKind {
    ObjectKind(
      object["kind"]?.stringValue ?? "",
      apiVersion: object["apiVersion"]?.stringValue ?? ""
    )
  }

  /// All kinds that rules or objects name.
  private var kinds: Set<ObjectKind> {
    var kinds = Set(pack.extensions.keys)
    kinds.formUnion(pack.checks.flatMap { Array($0.blindWithout) })
    kinds.formUnion((test.objects + test.before).map { Self.kind(of: $0) })
    return kinds
  }
}
