import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Services whose selector matches no Pod.
struct ServiceWithoutPod: Check {
  let id: CheckID = "dangling/service-selector"
  let title = "Service selects no Pod"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [Pod.kind, Service.kind]
  let explanation = """
    No Pod of the namespace has the labels that the selector asks for, so whoever connects is \
    refused. Usual causes: a label that was changed on one side alone, a workload that was removed \
    or scaled to nothing while its Service stayed. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR
    """

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard !service.selector.isEmpty, service.type != .externalName,
      !service.metadata.isTerminating,
      !cluster.selects(where: { _ in true }),
      cluster.isKnown(Pod.kind, in: service.metadata.namespace)
    else { return [] }
    let selector = service.selector.all.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return [
      Observation(
        "Service \(service.key.qualifiedName) selects no Pod: none has \(selector)",
        evidence: [Evidence(service.id, "spec.selector", selector)],
        beginning: .notBefore(service.metadata.creationTimestamp)
      )
    ]
  }
}
