import WireFormats

/// How long the first sync of whole clusters takes and what it leaves resident, `kpatrol scan` in a process of
/// its own, beside a curl that downloads the same lists and throws them away.
struct FirstSync: Benchmark {
  let size: ClusterSize
  var clusters = 1
  var reader = SimulationProcess.Reader.measured
  /// Whether the server sends lists at the pace of a real one; the simulator writes them from memory,
  /// several times as fast.
  var isPaced = false

  /// In bytes a second: a recorded API server sent curl 119 MB of Pods in 0.64 to 0.86 s.
  private static let pace = 160_000_000
  /// The same for JSON: 163 MB in 1.6 to 1.7 s.
  private static let paceOfJSON = 100_000_000

  var title: String {
    var words =
      isPaced ? "first sync at a real server's pace, \(size.name)" : "first sync, \(size.name)"
    if reader == .everything { words += ", every kind" }
    return clusters == 1 ? words : "\(words), \(clusters) clusters at once"
  }

  private var runs: Int { size == .full ? 3 : 5 }

  /// What may be resident, in MB; `nil` where nothing is asked for.
  private var memoryTarget: Measurement.Target? {
    guard reader == .measured, clusters == 1 else { return nil }
    switch size {
    case .fifth: return .under(60)
    case .full: return .under(200)
    default: return nil
    }
  }

  func run() async throws -> [Measurement] {
    let (scans, curl, bytes) = try await withSimulations(at: Self.pace) { simulations in
      let protobuf = try await self.curl(simulations, in: .protobuf)
      // The server writes each form once.
      _ = try protobuf.download()
      let kubeconfigs = simulations.map { $0.kubeconfig(of: reader) }
      var scans: [ScanProcess] = []
      var downloads: [(seconds: Double, bytes: Int)] = []
      for _ in 0..<runs {
        downloads.append(try protobuf.download())
        scans.append(try ScanProcess(kubeconfigs: kubeconfigs))
      }
      return (scans, downloads.map(\.seconds).median, downloads[0].bytes)
    }
    guard scans.allSatisfy({ $0.bytesReceived >= bytes }) else {
      throw BenchmarkFailure("KPatrol read less than curl: they did not list the same.")
    }
    let curlJSON = try await withSimulations(at: Self.paceOfJSON) { simulations in
      let json = try await self.curl(simulations, in: .json)
      _ = try json.download()
      return try (0..<runs).map { _ in try json.download().seconds }.median
    }
    return measurements(scans, curl: curl, curlJSON: curlJSON, bytes)
  }

  /// Runs `body` with new simulated clusters, whose lists come at `pace` where this is paced.
  private func withSimulations<Result>(
    at pace: Int,
    _ body: ([SimulationProcess]) async throws -> Result
  ) async throws -> Result {
    var simulations: [SimulationProcess] = []
    defer { for simulation in simulations { simulation.end() } }
    for number in 1...clusters {
      simulations.append(
        try SimulationProcess(size, number: number, pace: isPaced ? pace : nil)
      )
    }
    return try await body(simulations)
  }

  private func curl(
    _ simulations: [SimulationProcess],
    in encoding: WireEncoding
  ) async throws -> CurlLists {
    var lists: [CurlLists.Server] = []
    for simulation in simulations {
      let connection = try simulation.connection(of: reader)
      lists.append((connection, try await connection.resources(for: reader)))
    }
    return try CurlLists(lists, in: encoding, folder: simulations[0].folder)
  }

  private func measurements(
    _ scans: [ScanProcess],
    curl: Double,
    curlJSON: Double,
    _ bytes: Int
  ) -> [Measurement] {
    let sync = scans.map(\.syncSeconds).median
    let resident = scans.map { Double($0.residentBytes) / 1e6 }.median
    let peak = scans.map { Double($0.peakResidentBytes) / 1e6 }.median
    let cpu = scans.map(\.cpuSeconds).median
    let whole = scans.map(\.wholeSeconds).median
    let inspection = scans.map(\.inspectionSeconds).median
    let comparison = { (their: Double) in
      "KPatrol \((sync * 1000).formatted()) ms, curl \((their * 1000).formatted()) ms"
    }
    let contents = reader == .everything ? "\(scans[0].objects) objects" : size.description
    let setting =
      "\(clusters == 1 ? "" : "\(clusters) times ")\(contents), \(bytes / 1_000_000) MB "
      + "as protobuf; separate processes, TLS on loopback, medians of \(runs) runs"
      + (isPaced
        ? "; each list at \(Self.pace / 1_000_000) MB/s, as JSON "
          + "\(Self.paceOfJSON / 1_000_000) MB/s" : "")
    let isSeries = clusters == 1 && reader == .measured && !isPaced
    let beside = [
      Measurement(
        title: title,
        setting: setting,
        value: sync / curl,
        unit: "× curl",
        target: .under(1.2),
        comparison: comparison(curl) + ", the same lists in the same encoding",
        note: "\(scans[0].objects) objects; inspected in another "
          + "\((inspection * 1000).formatted()) ms; \(cpu.formatted()) s of processor time; "
          + "\(whole.formatted()) s from start to end of kpatrol scan",
        point: isSeries
          ? GrowthPoint(series: "first sync", law: .linear, size: size, amount: sync) : nil
      ),
      Measurement(
        title: "\(title), beside curl's JSON",
        setting: setting,
        value: sync / curlJSON,
        unit: "× curl",
        target: .under(0.5),
        comparison: comparison(curlJSON) + " for the same lists as JSON"
      ),
    ]
    // Memory is what it is at any pace.
    guard !isPaced else { return beside }
    return beside + [
      Measurement(
        title: "memory after the \(title)",
        setting: "resident, the whole process",
        value: resident,
        unit: "MB",
        target: memoryTarget,
        note: "\(peak.formatted()) MB at most",
        point: isSeries
          ? GrowthPoint(series: "memory", law: .linear, size: size, amount: resident) : nil
      )
    ]
  }
}
