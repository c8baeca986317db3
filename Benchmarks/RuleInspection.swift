import CMalloc
import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Rules
import WireFormats

/// What a pack of 200 rules about Pods takes: a full inspection, one event, and memory.
struct RuleInspection: Benchmark {
  private static let rules = 200
  private static let events = 2000

  let size: ClusterSize

  var title: String { "200 rules about Pods, \(size.name)" }

  func run() throws -> [Measurement] {
    let pack = try RulePack(reading: Self.text, path: "bench.yaml")
    let projection = pack.extensions[Pod.kind]?.projection
    let without = try Self.resident { try BigGraph.make(podCount: size.pods) }
    let with = try Self.resident { try BigGraph.make(podCount: size.pods, keeping: projection) }
    // Until here both are there: what one gave back, the other would take.
    let difference = withExtendedLifetime(without.graph) { with.bytes - without.bytes }
    var graph = with.graph
    var inspector = Inspector(cluster: "bench", checks: pack.checks)
    let handles = graph.allHandles
    let start = ProcessUsage.cpuSecondsOfThisProcess
    _ = inspector.inspect(handles, in: graph, at: .noon, watchedFromStart: false)
    let seconds = ProcessUsage.cpuSecondsOfThisProcess - start
    let runs = inspector.checksRun
    if let error = pack.rules.lazy.compactMap(\.meter.reading.lastError).first {
      throw BenchmarkFailure("a rule failed: \(error)")
    }
    let setting = "\(size.pods) recorded Pods, of which \(Self.rules) rules read some fields each"
    return [
      Measurement(
        title: "full inspection by \(title)",
        setting: "\(setting); processor time, one run",
        value: seconds,
        unit: "s",
        note: "\(runs) runs of rules, \((seconds * 1e9 / Double(runs)).formatted()) ns each"
      ),
      Measurement(
        title: "one event for \(title)",
        setting: "\(setting); a Pod's phase changes, \(Self.events) events; processor time",
        value: try microsecondsOfEvent(&graph, &inspector, projection),
        unit: "µs"
      ),
      Measurement(
        title: "memory of a Pod for \(title)",
        setting: "\(setting); what is resident of this process beside a graph without them",
        value: Double(difference) / Double(size.pods),
        unit: "bytes"
      ),
    ]
  }

  private func microsecondsOfEvent(
    _ graph: inout ClusterGraph,
    _ inspector: inout Inspector,
    _ projection: FieldProjection?
  ) throws -> Double {
    let recorded = try RecordedPods()
    var pool = SharingPool()
    let changed = try recorded.records(
      in: 0..<Self.events,
      nodes: size.pods / 10,
      keeping: projection,
      sharing: &pool
    )
    var seconds = 0.0
    for pod in changed {
      let status = ProjectedFields([.init(name: "phase", value: .string("Pending"))])
      let others = pod.projected?.members.filter { $0.name != "status" } ?? []
      let snapshot = ObjectSnapshot(
        record: pod.record,
        version: pod.version,
        projected: ProjectedFields(others + [.init(name: "status", value: .object(status))])
      )
      let start = ProcessUsage.cpuSecondsOfThisProcess
      var touched: HandleSet = []
      graph.upsert(snapshot, touching: &touched)
      _ = inspector.inspect(touched, in: graph, at: .noon, watchedFromStart: true)
      seconds += ProcessUsage.cpuSecondsOfThisProcess - start
    }
    return seconds * 1e6 / Double(Self.events)
  }

  /// What a graph adds to what is resident.
  private static func resident(
    _ make: () throws -> ClusterGraph
  ) throws -> (bytes: Int, graph: ClusterGraph) {
    malloc_trim(0)
    let before = try ProcessUsage.ofThisProcess().residentBytes
    let graph = try make()
    malloc_trim(0)
    let after = try ProcessUsage.ofThisProcess().residentBytes
    return (after - before, graph)
  }

  /// Conditions as people write them, each with a text of its own that no Pod has.
  private static let text: String = {
    let conditions = (0..<rules).map { number in
      switch number % 4 {
      case 0: "object.status.phase == 'Phase\(number)'"
      case 1: "object.spec.containers.exists(c, c.image == 'registry/image-\(number)')"
      case 2: "object.metadata.?labels.?app.orValue('') == 'app-\(number)'"
      default:
        "object.?spec.?nodeName.orValue('') == 'host-\(number)' "
          + "&& now - timestamp(object.metadata.creationTimestamp) > duration('1h')"
      }
    }
    let texts = conditions.enumerated().map { number, condition in
      """
        - id: rule-\(number)
          title: Rule \(number)
          match: {kinds: [Pod]}
          when: >-
            \(condition)
          message: Pod {{ object.metadata.name }}

      """
    }
    return "apiVersion: kpatrol.io/v1\nkind: RulePack\nmetadata: {name: bench}\nrules:\n"
      + texts.joined()
  }()
}
