import ClusterGraph
import KubernetesObjects
import ObjectBuilders

/// How long a keystroke in the filter takes over very many rows.
struct FilterRows: Benchmark {
  let title = "filter typed over 100,000 rows, a keystroke"

  private static let rowCount = 100_000
  private static let text = "checkout-77"
  private static let repetitions = 10

  func run() throws -> [Measurement] {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    for number in 0..<Self.rowCount {
      var pod = Pod.sample("\(RecordedPods.workload(number))-\(number)", node: "")
      pod.metadata.labels = ["app": "checkout-\(number / 100)", "tier": "web"]
      graph.upsert(ObjectSnapshot(pod), touching: &touched)
    }
    var rows = ObjectRows(RowQuery(Pod.kind), in: graph)
    let texts = (1...Self.text.count).map { String(Self.text.prefix($0)) }
    var times: [Double] = []
    for text in Array(repeating: texts + texts.reversed(), count: Self.repetitions).joined() {
      let filter = FilterExpression(text: text)
      let elapsed = ContinuousClock().measure { rows.setFilter(filter, in: graph) }
      times.append(elapsed.seconds * 1000)
    }
    var patternTimes: [Double] = []
    for text in Array(repeating: ["^checkout-77", "77[0-9]$", "a|77"], count: Self.repetitions)
      .joined()
    {
      let filter = try FilterExpression(parsing: text, columns: RowQuery.filterColumns)
      let elapsed = ContinuousClock().measure { rows.setFilter(filter, in: graph) }
      patternTimes.append(elapsed.seconds * 1000)
    }
    return [
      Measurement(
        title: title,
        setting: "regular expressions that narrow none before them",
        value: patternTimes.median,
        p99: patternTimes.p99,
        unit: "ms"
      ),
      Measurement(
        title: title,
        setting: "\"\(Self.text)\" letter by letter, then taken back; names and labels",
        value: times.median,
        p99: times.p99,
        unit: "ms",
        target: .under(30)
      ),
    ]
  }
}
