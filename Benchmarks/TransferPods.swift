import HTTP
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import WireFormats

/// How long a whole LIST takes over TLS and HTTP/2, records built, beside what curl takes to throw
/// the same bytes away.
struct TransferPods: Benchmark {
  let encoding: WireEncoding

  var title: String {
    switch encoding {
    case .json: "list 20,000 Pods as JSON, beside curl"
    case .protobuf: "list 20,000 Pods as protobuf, beside curl"
    }
  }

  private static let runs = 7

  func run() async throws -> [Measurement] {
    let simulation = try SimulationProcess(.fifth)
    defer { simulation.end() }
    let connection = try simulation.connection(of: .measured)
    let curl = try CurlLists([(connection, [.pods])], in: encoding, folder: simulation.folder)
    _ = try curl.download()  // The server writes each form once.
    var ours: [Double] = []
    var theirs: [Double] = []
    var bytes = 0
    for _ in 0..<Self.runs {
      let download = try curl.download()
      theirs.append(download.seconds)
      bytes = download.bytes
      let eventLoop = EventLoop()  // A connection of its own each time, as curl has.
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
      ours.append(start.duration(to: .now).seconds)
      guard objects.count == simulation.size.pods, client.statistics.bytesReceived == bytes else {
        throw BenchmarkFailure("\(objects.count) Pods came, in other bytes than curl's.")
      }
    }
    let (our, their) = (ours.median, theirs.median)
    return [
      Measurement(
        title: title,
        setting: "from kpatrol sim, TLS and HTTP/2 on loopback; medians of \(Self.runs) runs each",
        value: our / their,
        unit: "× curl",
        target: .under(1.2),
        comparison: "KPatrol \((our * 1000).formatted()) ms, curl \((their * 1000).formatted()) ms",
        note: "\(bytes / 1_000_000) MB, the same for both"
      )
    ]
  }
}
