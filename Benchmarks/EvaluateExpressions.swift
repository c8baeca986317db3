import CEL
import KubernetesCEL
import WireFormats

/// How long it takes to work out what rules say of one object.
struct EvaluateExpressions: Benchmark {
  let title = "evaluate an expression"

  private static let evaluations = 100_000
  private static let runs = 9

  private static let expressions = [
    ("a simple rule", "object.spec.replicas > 2", Measurement.Target.under(1)),
    ("a macro over 3 containers", "object.spec.containers.all(c, c.image != '')", nil),
    ("a pattern", "object.metadata.name.matches('^web-[0-9]+$')", nil),
  ]

  private static let object = """
    {"metadata": {"name": "web-1"}, "spec": {"replicas": 3, "containers": [
      {"name": "a", "image": "x"}, {"name": "b", "image": "y"}, {"name": "c", "image": "z"}]}}
    """

  func run() throws -> [Measurement] {
    let environment = CELEnvironment(
      variables: [.init("object")],
      libraries: CELLibrary.kubernetes
    )
    let object = CELValue(json: try JSONValue(parsing: Array(Self.object.utf8)))
    return try Self.expressions.map { name, expression, target in
      let program = try environment.compile(expression)
      let variables: [CELValue?] = [object]
      var times: [Double] = []
      for _ in 0..<Self.runs {
        let start = ProcessUsage.cpuSecondsOfThisProcess
        for _ in 0..<Self.evaluations {
          guard case .bool(true) = try program.evaluate(variables) else {
            throw BenchmarkFailure("\(expression) is not true")
          }
        }
        times.append(ProcessUsage.cpuSecondsOfThisProcess - start)
      }
      return Measurement(
        title: "\(title): \(name)",
        setting: "\(expression), of a JSON object; processor time, \(Self.runs) runs",
        value: times.median * 1e6 / Double(Self.evaluations),
        unit: "µs",
        target: target,
        note: "costs \(program.outcome(variables).cost)"
      )
    }
  }
}
