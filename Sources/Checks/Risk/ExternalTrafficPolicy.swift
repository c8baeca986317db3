import Inspection
import KubernetesObjects

/// Finds Services whose way for requests from outside does not suit their type.
struct ExternalTrafficPolicy: Check {
  let id: CheckID = "risk/load-balancer-policy"
  let title = "Traffic policy does not suit the Service"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [Service.kind]
  let explanation = """
    With externalTrafficPolicy: Cluster, a load balancer sends requests to any Node, which sends them \
    on: one hop more, and the client's address is lost. With Local, a Service of type NodePort \
    answers only on Nodes that run one of its Pods, and nothing in front of it knows which these \
    are. \
    Verify: kubectl get service NAME -n NAMESPACE -o jsonpath='{.spec.externalTrafficPolicy}'
    """

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    let reason: String
    switch service.type {
    case .loadBalancer where !service.keepsTrafficLocal:
      reason = "sends requests from its load balancer over a second Node"
    case .nodePort where service.keepsTrafficLocal:
      reason = "answers only on Nodes that run its Pods"
    default: return []
    }
    guard !service.metadata.isTerminating else { return [] }
    return [
      Observation(
        "Service \(service.key.qualifiedName) \(reason)",
        evidence: [
          Evidence(service.id, "spec.type", service.type.rawValue),
          Evidence(
            service.id,
            "spec.externalTrafficPolicy",
            service.keepsTrafficLocal ? "Local" : "Cluster"
          ),
        ],
        beginning: .notBefore(service.metadata.creationTimestamp)
      )
    ]
  }
}
