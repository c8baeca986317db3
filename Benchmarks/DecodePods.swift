import KubernetesObjects
import ObjectBuilders

/// How fast a list of Pods becomes records, on one core.
struct DecodePods: Benchmark {
  let title = "decode Pod JSON, records built"
  let setting = "500 Pods as a real API server listed them, 4 MB, over and over; best of 5 runs"

  private static let listsPerRun = 50

  func run() throws -> Measurement {
    let list = try RecordedPods().list
    let decoder = ObjectDecoder()
    var best = 0.0
    for _ in 0..<5 {
      let elapsed = try ContinuousClock().measure {
        for _ in 0..<Self.listsPerRun {
          let page = try ListPage(decoding: list.span.bytes, of: .pods, decoder: decoder)
          precondition(page.objects.count == 500, "Every Pod became a record.")
        }
      }
      best = max(best, Double(list.count * Self.listsPerRun) / elapsed.seconds / 1e6)
    }
    return Measurement(value: best, unit: "MB/s", target: .atLeast(500))
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
