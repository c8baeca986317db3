import CMalloc
import ClusterGraph
import Glibc
import KubernetesObjects
import ObjectBuilders
import WireFormats

/// How much memory the model of a big cluster takes, from what the kernel says of this process.
struct ResidentMemory: Benchmark {
  let podCount: Int

  var title: String { "memory of the graph, \(podCount) Pods and \(podCount / 10) Nodes" }
  let setting = "recorded Pods under other names, decoded into an empty graph"

  private static let pageSize = 500

  func run() throws -> Measurement {
    let decoder = ObjectDecoder()
    let recorded = RecordedPods()
    var graph = ClusterGraph()
    var touched: Set<Handle> = []
    let before = Self.residentBytes()
    for number in 0..<podCount / 10 {
      let node = ObjectSnapshot(Node.sample("node-\(number)"))
      graph.upsert(node, touching: &touched)
    }
    for first in stride(from: 0, to: podCount, by: Self.pageSize) {
      let pods = try recorded.objects(in: first..<first + Self.pageSize, nodes: podCount / 10)
      let list = JSONValue.object(["items": .array(pods)]).encoded()
      let page = try ListPage(decoding: list.span.bytes, of: .pods, decoder: decoder)
      for pod in page.objects { graph.upsert(pod, touching: &touched) }
      touched = []
    }
    let bytes = Self.residentBytes() - before
    precondition(graph.count(of: Pod.kind) == podCount, "Every Pod is in the graph.")
    return Measurement(
      value: Double(bytes) / Double(podCount),
      unit: "bytes a Pod",
      target: .under(1024),
      note: "\(bytes / 1_000_000) MB in all, \(graph.vertexCount) vertices"
    )
  }

  /// What is resident once freed memory was given back.
  private static func residentBytes() -> Int {
    malloc_trim(0)
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let fields = line.map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: " "))
    let pages = fields.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    return pages * Int(getpagesize())
  }
}
