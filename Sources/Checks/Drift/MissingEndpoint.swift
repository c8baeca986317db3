import Inspection
import KubernetesObjects

/// Finds ready Pods that their Service sends nothing to.
struct MissingEndpoint: Check {
  let id: CheckID = "drift/endpoints-missing"
  let title = "Ready Pod is no endpoint of its Service"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [EndpointSlice.kind, Pod.kind, Service.kind]
  let explanation = """
    The Service selects the Pod, the Pod is ready, and no EndpointSlice of the Service lists it: it \
    gets no requests. The controller that writes slices does not run, is far behind, or is refused, \
    as by a webhook or a quota. \
    Verify: kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE
    """

  /// How many Pods are named; of hundreds one learns no more.
  private static let shown = 5

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard !service.selector.isEmpty, service.type != .externalName,
      !service.metadata.isTerminating
    else { return [] }
    var names: Set<String> = []
    var addresses: Set<IPAddress> = []
    var lastChange: Timestamp?
    cluster.forEachReferrer(EndpointSlice.self, over: .endpointService) { slice in
      if let change = slice.lastChange { lastChange = max(change, lastChange ?? change) }
      for endpoint in slice.endpoints {
        if let name = endpoint.target?.name { names.insert(name) }
        // Those who write slices by hand may name no Pod.
        if endpoint.target == nil, let address = endpoint.address { addresses.insert(address) }
      }
    }
    var missing: [Pod] = []
    cluster.forEachSelected(Pod.self) { pod in
      guard pod.isReady, !names.contains(pod.metadata.name), !pod.isFinished,
        !pod.metadata.isTerminating, isReachable(pod, by: service),
        addresses.isDisjoint(with: pod.addresses)
      else { return }
      missing.append(pod)
    }
    guard !missing.isEmpty, cluster.isKnown(EndpointSlice.kind, in: service.metadata.namespace)
    else { return [] }
    missing.sort { $0.key < $1.key }
    let shown = missing.prefix(Self.shown)
    let more = missing.count > shown.count ? " and \(missing.count - shown.count) more" : ""
    return [
      Observation(
        "Service \(service.key.qualifiedName) sends nothing to ready Pods \(shown.names)\(more)",
        evidence: [
          Evidence(service.id, "spec.selector", LabelSelector(service.selector).description)
        ]
          + shown.map { pod in
            Evidence(pod.id, "status.podIPs", pod.addresses.first?.description ?? "")
          },
        related: shown.map(\.id),
        // The Pods may have been read a moment before the slices: what is new is no fault yet.
        beginning: .notBefore(
          (missing.map(\.metadata.creationTimestamp) + [lastChange]).compactMap(\.self).max()
        )
      )
    ]
  }

  /// Whether the Pod has an address of a family that the Service has.
  private func isReachable(_ pod: Pod, by service: Service) -> Bool {
    let families = service.clusterAddresses
    guard !families.isEmpty else { return !pod.addresses.isEmpty }
    return pod.addresses.contains { address in
      families.contains { $0.isVersion4 == address.isVersion4 }
    }
  }
}
