import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders

/// How long it takes to inspect a whole cluster from nothing, on one core.
struct FullInspection: Benchmark {
  let podCount: Int

  var title: String { "full inspection of \(podCount) Pods, \(Catalogue.checks.count) checks" }
  let setting = "every check on every vertex of recorded Pods under other names; best of 3 runs"

  func run() throws -> Measurement {
    let graph = try BigGraph.make(podCount: podCount)
    let handles = graph.allHandles
    var best = 3600.0
    var runs = 0
    for _ in 0..<3 {
      var inspector = Inspector(cluster: "bench", checks: Catalogue.checks)
      let elapsed = ContinuousClock().measure {
        _ = inspector.inspect(handles, in: graph, at: .noon, watchedFromStart: false)
      }
      best = min(best, elapsed.seconds)
      runs = inspector.checksRun
    }
    return Measurement(
      value: best,
      unit: "s",
      target: .under(2),
      note: "\(runs) runs of checks, \((best * 1e9 / Double(runs)).formatted()) ns each"
    )
  }
}
