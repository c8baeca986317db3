import CMalloc
import ClusterGraph

/// How much memory the model of a big cluster takes, from what the kernel says of this process.
struct ResidentMemory: Benchmark {
  let size: ClusterSize

  var title: String { "memory of the graph a Pod, \(size.name)" }

  func run() throws -> [Measurement] {
    let before = try Self.residentBytes()
    let graph = try BigGraph.make(podCount: size.pods)
    let bytes = try Self.residentBytes() - before
    return [
      Measurement(
        title: title,
        setting: "\(size.pods) recorded Pods and \(size.nodes) Nodes, decoded into an empty graph",
        value: Double(bytes) / Double(size.pods),
        unit: "bytes",
        target: .under(1024),
        note: "\((Double(bytes) / 1e6).formatted()) MB in all, \(graph.vertexCount) vertices"
      )
    ]
  }

  /// What is resident in this process once freed memory was given back.
  static func residentBytes() throws -> Int {
    malloc_trim(0)
    return try ProcessUsage.ofThisProcess().residentBytes
  }
}
