import Inspection
import KubernetesObjects

/// Finds API servers that say that they are not well, or that answer badly.
struct UnhealthyAPIServer: Check {
  let id: CheckID = "unhealthy/api-server"
  let title = "API server is not well"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs: [ObjectKind] = []
  let failures = Threshold(
    "failedPercent",
    10,
    "how many of 100 of KPatrol's own requests may stay unanswered"
  )
  var thresholds: [Threshold] { [failures] }
  let explanation = """
    The API server names a part of itself that fails, or many of KPatrol's own requests come to \
    nothing or take long. Everything in the cluster depends on it: its data store, its admission \
    webhooks and its load are where to look first. Verify: kubectl get --raw '/readyz?verbose'
    """

  func inspect(_ server: ClusterRecord, in cluster: ClusterView) -> [Observation] {
    failingParts(of: server) + failedRequests(to: server, in: cluster) + slowness(of: server)
  }

  private func failingParts(of server: ClusterRecord) -> [Observation] {
    guard !server.failingParts.isEmpty else { return [] }
    return [
      Observation(
        "The API server reports that \(server.failingParts.joined(separator: ", ")) "
          + (server.failingParts.count == 1 ? "fails" : "fail"),
        evidence: server.failingParts.map { Evidence(server.id, "/readyz?verbose", "[-]\($0)") },
        discriminator: "parts"
      )
    ]
  }

  private func failedRequests(
    to server: ClusterRecord,
    in cluster: ClusterView
  ) -> [Observation] {
    guard Double(server.failedRequests) > cluster.value(of: failures) else { return [] }
    return [
      Observation(
        "The API server left \(server.failedRequests) % of the last requests unanswered",
        evidence: [Evidence(server.id, "failedRequests", "\(server.failedRequests) %")],
        discriminator: "requests"
      )
    ]
  }

  private func slowness(of server: ClusterRecord) -> [Observation] {
    guard server.isSlow else { return [] }
    return [
      Observation(
        "The API server takes longer than a second to answer most requests",
        evidence: [Evidence(server.id, "isSlow", "true")],
        severity: .warning,
        discriminator: "latency"
      )
    ]
  }
}
