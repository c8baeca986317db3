import KubernetesObjects
import ObjectBuilders
import WireFormats

/// How fast a list of Pods becomes records, on one core.
struct DecodePods: Benchmark {
  let encoding: WireEncoding

  var title: String {
    switch encoding {
    case .json: "decode Pod JSON, records built"
    case .protobuf: "decode Pod protobuf, records built"
    }
  }

  let setting = "500 Pods as a real API server listed them, over and over; best of 5 runs"

  private static let listsPerRun = 50

  func run() throws -> Measurement {
    let list = try RecordedPods().list(encoding)
    let decoder = ObjectDecoder()
    var best = Duration.seconds(3600)
    for _ in 0..<5 {
      let elapsed = try ContinuousClock().measure {
        for _ in 0..<Self.listsPerRun {
          let page = try ListPage(
            decoding: list.span.bytes,
            encoding: encoding,
            of: .pods,
            decoder: decoder
          )
          precondition(page.objects.count == 500, "Every Pod became a record.")
        }
      }
      best = min(best, elapsed)
    }
    let microseconds = best.seconds * 1e6 / Double(Self.listsPerRun * 500)
    return Measurement(
      value: Double(list.count * Self.listsPerRun) / best.seconds / 1e6,
      unit: "MB/s",
      target: .atLeast(500),
      note: "\(list.count / 500) bytes and \(microseconds.formatted()) µs a Pod"
    )
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
