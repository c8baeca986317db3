/// What one more object adds to what a whole process has resident: the difference between scans that may read
/// it and scans that may not.
struct BytesPerObject: Benchmark {
  private static let runs = 3

  let size: ClusterSize

  var title: String { "memory of one object, \(size.name)" }

  func run() throws -> [Measurement] {
    let simulation = try SimulationProcess(size)
    defer { simulation.end() }
    let nothing = try Self.resident(simulation, .nothing)
    let nodes = try Self.resident(simulation, .nodes)
    let pods = try Self.resident(simulation, .nodesAndPods)
    let deployments = try Self.resident(simulation, .deployments)
    let metadata = try Self.resident(simulation, .metadata)
    return [
      measurement("Pod", pods, beside: nodes, target: .under(1024)),
      measurement("Node", nodes, beside: nothing),
      measurement("Deployment", deployments, beside: nothing),
      measurement("object of which only metadata is read", metadata, beside: nothing),
    ]
  }

  private typealias Resident = (bytes: Double, objects: Int)

  /// After the first sync, the median of a few.
  private static func resident(
    _ simulation: SimulationProcess,
    _ reader: SimulationProcess.Reader
  ) throws -> Resident {
    var scans: [ScanProcess] = []
    for _ in 0..<runs {
      scans.append(try ScanProcess(kubeconfigs: [simulation.kubeconfig(of: reader)]))
    }
    return (scans.map { Double($0.residentBytes) }.median, scans[0].objects)
  }

  private func measurement(
    _ name: String,
    _ with: Resident,
    beside without: Resident,
    target: Measurement.Target? = nil
  ) -> Measurement {
    let objects = with.objects - without.objects
    return Measurement(
      title: "memory of one \(name), \(size.name)",
      setting: "resident after the first sync, the whole process; medians of \(Self.runs) runs",
      value: (with.bytes - without.bytes) / Double(objects),
      unit: "bytes",
      target: target,
      comparison: "\((with.bytes / 1e6).formatted()) MB with \(objects) of them, "
        + "\((without.bytes / 1e6).formatted()) MB without"
    )
  }
}
