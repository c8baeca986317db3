import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders

/// How long it takes to inspect a whole cluster from nothing, on one core.
struct FullInspection: Benchmark {
  private static let runs = 5

  let size: ClusterSize

  var title: String { "full inspection, \(size.name)" }

  func run() throws -> [Measurement] {
    let graph = try BigGraph.make(podCount: size.pods)
    let handles = graph.allHandles
    var times: [Double] = []
    var checksRun = 0
    var costs: [CheckID: CheckCost] = [:]
    for _ in 0..<Self.runs {
      var inspector = Inspector(cluster: "bench", checks: Catalogue.checks)
      let start = ProcessUsage.cpuSecondsOfThisProcess
      _ = inspector.inspect(handles, in: graph, at: .noon, watchedFromStart: false)
      times.append(ProcessUsage.cpuSecondsOfThisProcess - start)
      checksRun = inspector.checksRun
      costs = inspector.costs
    }
    let seconds = times.median
    return [
      Measurement(
        title: title,
        setting:
          "all \(Catalogue.checks.count) checks on every vertex of \(size.pods) recorded Pods "
          + "and their Nodes; processor time, \(Self.runs) runs",
        value: seconds,
        unit: "s",
        target: size == .full ? .under(2) : nil,
        comparison: "most expensive: \(Self.mostExpensive(costs))",
        note:
          "\(checksRun) runs of checks, \((seconds * 1e9 / Double(checksRun)).formatted()) ns each",
        point: GrowthPoint(series: "full inspection", law: .linear, size: size, amount: seconds)
      )
    ]
  }

  /// The ten checks that took the most time, with that time.
  private static func mostExpensive(_ costs: [CheckID: CheckCost]) -> String {
    let totals = costs.map { id, cost in
      (id: id, milliseconds: (cost.meanDuration ?? .zero).seconds * Double(cost.runs) * 1000)
    }
    return totals.sorted { ($1.milliseconds, $0.id) < ($0.milliseconds, $1.id) }.prefix(10)
      .map { "\($0.id) \($0.milliseconds.formatted()) ms" }.joined(separator: ", ")
  }
}
