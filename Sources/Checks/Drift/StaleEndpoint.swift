import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds endpoints that are not what their Pods are.
struct StaleEndpoint: Check {
  let id: CheckID = "drift/endpoints-stale"
  let title = "Endpoint does not match its Pod"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [EndpointSlice.kind, Pod.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explains: [Explanation] = [.sameSubject("dangling/endpoint-slice")]
  let explanation = """
    The slice sends requests to an address whose Pod has another one, is gone, or is not ready: they \
    are lost, or reach a stranger. Either the controller that writes the slice does not run, or \
    something else wrote it. A slice that is deleted is written anew by a controller that runs. \
    Verify: kubectl get endpointslice NAME -n NAMESPACE -o yaml; kubectl get pods -n NAMESPACE -o wide
    """

  /// How many endpoints are named; of hundreds one learns no more.
  private static let shown = 5

  func inspect(_ slice: EndpointSlice, in cluster: ClusterView) -> [Observation] {
    guard !slice.metadata.isTerminating, slice.endpoints.contains(where: { $0.target != nil })
    else { return [] }
    let targets = cluster.targets(over: .endpointTarget)
    let service = cluster.targets(Service.self, over: .endpointService).first
    var position = 0
    var stale: [(endpoint: EndpointSlice.Endpoint, fault: Fault)] = []
    for endpoint in slice.endpoints {
      guard let key = endpoint.target?.key, key.kind == Pod.kind else { continue }
      // Targets stand in the order of endpoints, unless one is named twice.
      while position < targets.count, targets[position].id.objectKey != key { position += 1 }
      if position == targets.count { position = targets.firstIndex { $0.id.objectKey == key } ?? 0 }
      guard position < targets.count else { continue }
      let isReadyAnyway = service?.publishesNotReadyAddresses ?? false
      if let fault = Self.fault(of: endpoint, for: targets[position], isReadyAnyway) {
        stale.append((endpoint, fault))
      }
    }
    guard let first = stale.first else { return [] }
    let more = stale.count == 1 ? "" : " (and \(stale.count - 1) more)"
    let address = first.endpoint.address?.description ?? "an endpoint"
    return [
      Observation(
        "EndpointSlice \(slice.key.qualifiedName) lists \(address), but Pod "
          + "\(first.endpoint.target?.name ?? "") \(first.fault.sentence)\(more)",
        evidence: stale.prefix(Self.shown).flatMap { endpoint, fault in
          [
            Evidence(
              slice.id,
              "endpoints.addresses",
              "\(endpoint.address?.description ?? "") of Pod \(endpoint.target?.name ?? "")"
            ),
            Evidence(fault.pod, fault.path, fault.value),
          ]
        },
        related: stale.prefix(Self.shown).map(\.fault.pod) + (service.map { [$0.id] } ?? []),
        beginning: Self.beginning(of: stale.map(\.fault), in: slice)
      )
    ]
  }

  /// What a Pod is that its endpoint is not.
  private struct Fault {
    let pod: VertexID
    let sentence: String
    let path: String
    let value: String
    /// Since when it can be so; `nil` where the Pod does not tell.
    let earliest: Timestamp?
  }

  /// The slice may have been read a moment before its Pods were: what is new is no fault yet.
  private static func beginning(
    of faults: [Fault],
    in slice: EndpointSlice
  ) -> Observation.Beginning {
    let times = faults.compactMap { $0.earliest ?? slice.lastChange }
    guard times.count == faults.count, let first = times.min() else { return .whenSeen }
    return .notBefore(first)
  }

  private static func fault(
    of endpoint: EndpointSlice.Endpoint,
    for target: Neighbour,
    _ isReadyAnyway: Bool
  ) -> Fault? {
    func fault(
      _ sentence: String,
      _ path: String,
      _ value: String,
      since earliest: Timestamp? = nil
    ) -> Fault {
      Fault(pod: target.id, sentence: sentence, path: path, value: value, earliest: earliest)
    }
    guard let pod = target.presence.record as? Pod else {
      return target.presence.isAbsent ? fault("is gone", "metadata.name", "absent") : nil
    }
    let created = pod.metadata.creationTimestamp
    if let uid = endpoint.target?.uid, !uid.isEmpty, uid != pod.metadata.uid {
      let uid = pod.metadata.uid.description
      return fault("is another one by now", "metadata.uid", uid, since: created)
    }
    if let address = endpoint.address, !pod.addresses.isEmpty, !pod.addresses.contains(address) {
      let addresses = pod.addresses.map(\.description).joined(separator: ", ")
      return fault("has \(addresses)", "status.podIPs", addresses, since: created)
    }
    guard endpoint.isReady, !pod.isReady, !isReadyAnyway else { return nil }
    let since = pod.conditions["Ready"]?.lastTransitionTime ?? created
    return fault("is not ready", "status.conditions[Ready]", "False", since: since)
  }
}
