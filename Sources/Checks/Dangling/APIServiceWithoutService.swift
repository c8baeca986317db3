import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds APIServices whose Service does not exist.
struct APIServiceWithoutService: Check {
  let id: CheckID = "dangling/api-service"
  let title = "APIService without its Service"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [APIService.kind, Service.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explains: [Explanation] = [.sameSubject("unhealthy/api-service")]
  let explanation = """
    An API group is registered with a Service that is gone, most often after an extension was \
    removed by halves. Each discovery fails in part, and no namespace can be deleted any more, \
    since nobody can tell what of this group is in it. Install the extension again, or delete the \
    APIService. Verify: kubectl get apiservice NAME -o jsonpath='{.spec.service}'
    """

  func inspect(_ registration: APIService, in cluster: ClusterView) -> [Observation] {
    guard let service = cluster.targets(over: .webhook).first, service.presence.isAbsent,
      !registration.metadata.isTerminating
    else { return [] }
    let name = "\(registration.client.namespace)/\(registration.client.service)"
    return [
      Observation(
        "APIService \(registration.metadata.name) is served by Service \(name), "
          + "which does not exist",
        evidence: [
          Evidence(registration.id, "spec.service.namespace", registration.client.namespace),
          Evidence(registration.id, "spec.service.name", registration.client.service),
        ],
        related: [service.id],
        beginning: .notBefore(registration.metadata.creationTimestamp)
      )
    ]
  }
}
