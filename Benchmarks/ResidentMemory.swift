import CMalloc
import ClusterGraph
import Glibc

/// How much memory the model of a big cluster takes, from what the kernel says of this process.
struct ResidentMemory: Benchmark {
  let podCount: Int

  var title: String { "memory of the graph, \(podCount) Pods and \(podCount / 10) Nodes" }
  let setting = "recorded Pods under other names, decoded into an empty graph"

  func run() throws -> Measurement {
    let before = Self.residentBytes()
    let graph = try BigGraph.make(podCount: podCount)
    let bytes = Self.residentBytes() - before
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
