import HTTP
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import WireFormats

/// How long a whole LIST takes over TLS and HTTP/2, merely received and with records built, beside what
/// curl takes to throw the same bytes away.
struct TransferPods: Benchmark {
  let encoding: WireEncoding

  private var form: String { encoding == .json ? "JSON" : "protobuf" }

  var title: String { "transfer 20,000 Pods as \(form), beside curl" }

  private static let runs = 7

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(.fifth)
    defer { simulation.end() }
    let connection = try simulation.connection(of: .measured)
    let curl = try CurlLists([(connection, [.pods])], in: encoding, folder: simulation.folder)
    let bytes = try curl.download().bytes  // The server writes each form once.
    var transfers: [Double] = []
    var lists: [Double] = []
    var downloads: [Double] = []
    for _ in 0..<Self.runs {
      downloads.append(try curl.download().seconds)
      let transfer = try await transfer(from: connection)
      let list = try await list(from: connection)
      guard transfer.bytes == bytes, list.bytes == bytes, list.pods == simulation.size.pods else {
        throw BenchmarkFailure("\(list.pods) Pods came, in other bytes than curl's.")
      }
      transfers.append(transfer.seconds)
      lists.append(list.seconds)
    }
    return [
      measurement(title, transfers, beside: downloads, bytes: bytes),
      measurement(
        "list 20,000 Pods as \(form), records built",
        lists,
        beside: downloads,
        bytes: bytes
      ),
    ]
  }

  private func measurement(
    _ title: String,
    _ ours: [Double],
    beside curl: [Double],
    bytes: Int
  ) -> Measurement {
    Measurement(
      title: title,
      setting: "from kpatrol sim, TLS and HTTP/2 on loopback; medians of \(Self.runs) runs each",
      value: ours.median / curl.median,
      unit: "× curl",
      target: .under(1.2),
      comparison:
        "KPatrol \((ours.median * 1000).formatted()) ms, curl \((curl.median * 1000).formatted()) ms",
      note: "\(bytes / 1_000_000) MB, the same for both"
    )
  }

  /// Receives the list as the monitor's streams do, and looks at none of it.
  private func transfer(
    from connection: ClusterConnection
  ) async throws -> (seconds: Double, bytes: Int) {
    guard case .token(let token) = connection.credential else {
      throw BenchmarkFailure("The simulated cluster's user has no token.")
    }
    let eventLoop = EventLoop()  // A connection of its own each time, as curl has.
    defer { eventLoop.shutdown() }
    let client = HTTPClient(tls: connection.tls, eventLoop: eventLoop)
    var request = HTTPRequest(.get, "\(connection.server)\(APIResource.pods.path())")
    request.headers["Accept"] = MediaType.accept(encoding, metadataOnlyAs: nil)
    request.headers["Authorization"] = "Bearer \(token)"
    request.maximumBufferedBytes = KubernetesClient.listBuffer
    let start = ContinuousClock.now
    let stream = try await client.stream(request)
    var bytes = 0
    while let chunk = try await stream.nextChunk() { bytes += chunk.count }
    return (start.duration(to: .now).seconds, bytes)
  }

  /// Receives the list and builds its records.
  private func list(
    from connection: ClusterConnection
  ) async throws -> (seconds: Double, bytes: Int, pods: Int) {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let client = KubernetesClient(
      connection,
      eventLoop: eventLoop,
      userAgent: "kpatrol-bench",
      encoding: encoding
    )
    let start = ContinuousClock.now
    var stream = try await client.list(.pods)
    let objects = try await stream.rest()
    return (start.duration(to: .now).seconds, Int(client.statistics.bytesReceived), objects.count)
  }
}
