import Foundation
import WireFormats

/// What one `kpatrol scan`, in a process of its own, tells of itself.
struct ScanProcess {
  /// From the start of the process to its end.
  var wholeSeconds: Double
  /// Until every list was in the graph, of the slowest cluster.
  var syncSeconds: Double
  /// From then on until all of it was inspected.
  var inspectionSeconds: Double
  var bytesReceived: Int
  var objects: Int
  var cpuSeconds: Double
  /// What was resident at the end, and at most.
  var residentBytes: Int
  var peakResidentBytes: Int

  /// Scans all contexts of these kubeconfigs.
  init(kubeconfigs: [String]) throws {
    let (output, seconds) = try Programs.run(
      try Programs.kpatrol(),
      ["scan", "--all-contexts", "--output", "json"],
      environment: [
        "KUBECONFIG": kubeconfigs.joined(separator: ":"),
        "XDG_CONFIG_HOME": "/nonexistent",
      ]
    )
    guard let report = try? JSONValue(parsing: output) else {
      throw BenchmarkFailure("kpatrol scan did not print a report.")
    }
    let stats = (report["clusters"]?.arrayValue ?? []).compactMap { $0["stats"] }
    guard stats.count == kubeconfigs.count else {
      throw BenchmarkFailure("kpatrol scan told of \(stats.count) clusters.")
    }
    wholeSeconds = seconds
    syncSeconds = try stats.map { try Self.number("syncSeconds", of: $0) }.max() ?? 0
    inspectionSeconds =
      try stats.map { try Self.number("inspectionSeconds", of: $0) }.max() ?? 0
    bytesReceived = try stats.reduce(0) { $0 + Int(try Self.number("bytesReceived", of: $1)) }
    objects = try stats.reduce(0) { $0 + Int(try Self.number("objects", of: $1)) }
    cpuSeconds = try Self.number("cpuSeconds", of: stats[0])
    residentBytes = Int(try Self.number("residentBytes", of: stats[0]))
    peakResidentBytes = Int(try Self.number("peakResidentBytes", of: stats[0]))
  }

  private static func number(_ name: String, of stats: JSONValue) throws -> Double {
    switch stats[name] {
    case .number(let number)?: return number
    case .integer(let integer)?: return Double(integer)
    default: throw BenchmarkFailure("kpatrol scan does not tell \(name).")
    }
  }
}
