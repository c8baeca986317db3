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

  private static let listsPerRun = 10
  private static let runs = 25

  func run() throws -> [Measurement] {
    let list = try RecordedPods.list(encoding)
    let decoder = ObjectDecoder()
    var times: [Double] = []
    for _ in 0..<Self.runs {
      let start = ProcessUsage.cpuSecondsOfThisProcess
      for _ in 0..<Self.listsPerRun {
        let page = try ListPage(
          decoding: list.span.bytes,
          encoding: encoding,
          of: .pods,
          decoder: decoder
        )
        precondition(page.objects.count == 500, "Every Pod became a record.")
      }
      times.append(ProcessUsage.cpuSecondsOfThisProcess - start)
    }
    let microseconds = times.median * 1e6 / Double(Self.listsPerRun * 500)
    return [
      Measurement(
        title: title,
        setting: "500 Pods as a real API server listed them, over and over; "
          + "processor time, \(Self.runs) runs",
        value: Double(list.count * Self.listsPerRun) / times.median / 1e6,
        unit: "MB/s",
        target: .atLeast(500),
        note: "\(list.count / 500) bytes and \(microseconds.formatted()) µs a Pod"
      )
    ]
  }
}
