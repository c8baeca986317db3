import Foundation
import HTTP
import KubernetesClient
import ObjectBuilders
import SimulatedCluster

/// How long a whole LIST takes over TLS and HTTP/2, records built, beside what curl takes to throw
/// the same bytes away.
struct TransferPods: Benchmark {
  let title = "list 20,000 Pods, beside curl --http2 to /dev/null"
  let setting = "from a simulated cluster in this process, TLS on loopback; medians of 7 runs each"

  private static let podCount = 20_000
  private static let runs = 7

  func run() async throws -> Measurement {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    try cluster.build(BulkWorld(pods: Self.podCount, nodes: 2_000))
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let connection = ClusterConnection(
      contextName: "bulk",
      server: cluster.url,
      tls: tls,
      credential: .token(cluster.token)
    )
    let curl = try Curl(cluster)
    defer { curl.cleanUp() }
    var ours: [Double] = []
    var theirs: [Double] = []
    var bytes: UInt64 = 0
    for _ in 0..<Self.runs {
      theirs.append(try curl.seconds(path: "/api/v1/pods"))
      let eventLoop = EventLoop()  // A connection of its own each time, as curl has.
      let client = KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol-bench")
      let start = ContinuousClock.now
      var stream = try await client.list(.pods)
      let objects = try await stream.rest()
      ours.append(start.duration(to: .now).seconds)
      precondition(objects.count == Self.podCount, "Every Pod became a record.")
      bytes = client.statistics.bytesReceived
      eventLoop.shutdown()
    }
    await cluster.stop()
    let (our, their) = (ours.median, theirs.median)
    return Measurement(
      value: our / their,
      unit: "times curl's",
      target: .under(1.2),
      note: "\(Int(bytes / 1_000_000)) MB: KPatrol \(Int(our * 1000)) ms, "
        + "curl \(Int(their * 1000)) ms"
    )
  }
}

/// curl, as anybody would call it.
private struct Curl {
  private let url: String
  private let token: String
  private let authority: URL

  init(_ cluster: SimulatedCluster) throws {
    url = cluster.url
    token = cluster.token
    authority = FileManager.default.temporaryDirectory
      .appending(path: "kpatrol-bench-\(ProcessInfo.processInfo.processIdentifier).pem")
    try cluster.certificateAuthorityPEM.write(to: authority, atomically: true, encoding: .utf8)
  }

  func cleanUp() { try? FileManager.default.removeItem(at: authority) }

  /// How long curl says that a request took.
  func seconds(path: String) throws -> Double {
    let curl = Process()
    let output = Pipe()
    curl.executableURL = URL(filePath: "/usr/bin/curl")
    curl.arguments = [
      "--http2", "--silent", "--fail", "--output", "/dev/null", "--write-out", "%{time_total}",
      "--cacert", authority.path, "--header", "Authorization: Bearer \(token)",
      "--header", "Accept: application/json", url + path,
    ]
    curl.standardOutput = output
    try curl.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    curl.waitUntilExit()
    guard curl.terminationStatus == 0, let seconds = Double(text) else {
      throw CocoaError(.fileReadUnknown)
    }
    return seconds
  }
}

extension [Double] {
  fileprivate var median: Double { sorted()[count / 2] }
}
