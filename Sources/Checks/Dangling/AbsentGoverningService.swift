import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds StatefulSets whose Service does not exist.
struct AbsentGoverningService: Check {
  let id: CheckID = "dangling/stateful-service"
  let title = "StatefulSet's Service does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [Service.kind, StatefulSet.kind]
  let explanation = """
    A StatefulSet's Pods get their names in DNS (SET-0.SERVICE.NAMESPACE.svc) from the headless \
    Service that serviceName names. It does not exist, so members that look for each other by name \
    do not find each other. It heals once the Service is there. \
    Verify: kubectl get service NAME -n NAMESPACE
    """

  func inspect(_ set: StatefulSet, in cluster: ClusterView) -> [Observation] {
    guard !set.metadata.isTerminating,
      let service = cluster.missingTargets(over: .governingService).first
    else { return [] }
    return [
      Observation(
        "StatefulSet \(set.key.qualifiedName) names Service \(service.id.name), "
          + "which does not exist",
        evidence: [Evidence(set.id, "spec.serviceName", set.serviceName)],
        related: [service.id],
        beginning: .notBefore(set.metadata.creationTimestamp),
        severity: set.replicas == 0 ? .info : nil
      )
    ]
  }
}
