import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds API groups whose own server does not answer.
struct UnavailableAPIService: Check {
  let id: CheckID = "unhealthy/api-service"
  let title = "API group is not available"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [APIService.kind]
  let explanation = """
    The API server cannot reach the server that answers for this group. What asks for its kinds \
    fails, discovery is incomplete, and no namespace can be deleted until it answers. Look at the \
    Pods behind its Service, their certificate, and the network between. \
    Verify: kubectl get apiservice NAME -o yaml
    """

  func inspect(_ registration: APIService, in cluster: ClusterView) -> [Observation] {
    guard let available = registration.conditions["Available"], available.status != .isTrue,
      !registration.metadata.isTerminating
    else { return [] }
    let reason = available.reason.isEmpty ? "" : " (\(available.reason))"
    return [
      Observation(
        "APIService \(registration.metadata.name) is not available\(reason)",
        evidence: [
          Evidence(
            registration.id,
            "status.conditions[Available].status",
            available.status.rawValue
          ),
          Evidence(
            registration.id,
            "status.conditions[Available].message",
            available.message
          ),
        ],
        related: cluster.targets(over: .webhook).map(\.id),
        beginning: available.lastTransitionTime.map { .at($0) }
          ?? .notBefore(registration.metadata.creationTimestamp)
      )
    ]
  }
}
