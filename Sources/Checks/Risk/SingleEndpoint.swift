import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Services whose requests all go to one endpoint.
struct SingleEndpoint: Check {
  let id: CheckID = "risk/single-endpoint"
  let title = "Service has one ready endpoint"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let profile = CheckProfile.hygiene
  let needs = [EndpointSlice.kind, Service.kind]
  let explanation = """
    One endpoint answers for the whole Service: when it goes, requests fail until another one is \
    ready. Either the workload has one replica, or its other Pods are not ready. Headless Services \
    spread nothing and are left out. \
    Verify: kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=NAME
    """

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard !service.isHeadless, service.type != .externalName, !service.metadata.isTerminating,
      !SystemNamespaces.contains(service.metadata.namespace),
      // The API server's own, which has one endpoint where the control plane is one machine.
      service.metadata.name != "kubernetes" || service.metadata.namespace != "default"
    else { return [] }
    let slices = cluster.referrers(over: .endpointService)
      .compactMap { $0.presence.record as? EndpointSlice }
    // Of a Pod with addresses of both families each is listed.
    var endpoints: Set<EndpointName> = []
    for slice in slices {
      for endpoint in slice.endpoints where endpoint.isReady && !endpoint.isTerminating {
        endpoints.insert(EndpointName(target: endpoint.target?.key, address: endpoint.address))
      }
    }
    guard endpoints.count == 1, let endpoint = endpoints.first else { return [] }
    return [
      Observation(
        "Service \(service.key.qualifiedName) has one ready endpoint, \(endpoint)",
        evidence: slices.map { Evidence($0.id, "endpoints[ready]", endpoint.description) },
        related: endpoint.target.map { [.object($0)] } ?? [],
        beginning: .notBefore(slices.compactMap(\.metadata.creationTimestamp).max())
      )
    ]
  }

  /// What tells endpoints apart: the object behind them, or else the address.
  private struct EndpointName: Hashable, CustomStringConvertible {
    let target: ObjectKey?
    let address: IPAddress?

    init(target: ObjectKey?, address: IPAddress?) {
      self.target = target
      self.address = target == nil ? address : nil
    }

    var description: String { target?.description ?? address?.description ?? "a host name" }
  }
}
