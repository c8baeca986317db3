import Inspection
import KubernetesObjects

/// Finds Pods whose address is a Service's, or may become one.
struct PodServiceAddressConflict: Check {
  let id: CheckID = "conflict/pod-service-address"
  let title = "Pod's address belongs to Services"
  let severity = Severity.critical
  let settles = Duration.seconds(30)
  let needs = [Pod.kind, Service.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    Each Node sends what is for a Service's address to the Service's endpoints, so that the Pod \
    with the same address is never reached. An address that merely lies in the Services' range is a \
    warning: the next Service may get it. The ranges of Pods and Services must not overlap. \
    Verify: kubectl get services -A -o wide | grep ADDRESS; kubectl get servicecidrs
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .address) else { return [] }
    let isTaken = cluster.hasReferrer(over: .clusterAddress)
    let range = cluster.surroundings.serviceRanges.first { $0.contains(subject.address) }
    guard isTaken || range != nil else { return [] }
    let pods = cluster.referrers(Pod.self, over: .address).youngestFirst()
    guard !pods.isEmpty else { return [] }
    let services = cluster.referrers(Service.self, over: .clusterAddress)
    let address = subject.address.description
    let whose =
      services.isEmpty
      ? "lies in the Services' range \(range.map(\.description) ?? "")"
      : "is that of Service \(services.names)"
    return [
      Observation(
        "Address \(address) of Pod \(pods.names) \(whose)",
        evidence: pods.map { Evidence($0.id, "status.podIP", address) }
          + services.map { Evidence($0.id, "spec.clusterIPs", address) },
        related: pods.map(\.id) + services.map(\.id),
        beginning: .notBefore(pods.first?.metadata.creationTimestamp),
        severity: services.isEmpty ? .warning : nil
      )
    ]
  }
}
