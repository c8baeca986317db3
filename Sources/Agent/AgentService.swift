/// Something that works beside an agent's findings, and tells of itself.
package protocol AgentService: Sendable {
  /// Works until the task is cancelled; then it ends what is under way, within seconds.
  func run() async

  /// What it measures of itself; families of other names than any other's.
  func metricFamilies() async -> [MetricFamily]

  /// What must be right for the agent to be ready.
  func readiness() async -> [Readiness.Part]
}

extension AgentService {
  package func metricFamilies() async -> [MetricFamily] { [] }

  package func readiness() async -> [Readiness.Part] { [] }
}
