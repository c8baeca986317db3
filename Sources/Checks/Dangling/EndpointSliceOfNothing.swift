import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds EndpointSlices whose Service, or one of whose Pods, does not exist.
struct EndpointSliceOfNothing: Check {
  let id: CheckID = "dangling/endpoint-slice"
  let title = "EndpointSlice lists what does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [EndpointSlice.kind, Service.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The slice belongs to a Service that is gone, or lists an object that is gone: requests are \
    sent to addresses that nobody has, or that meanwhile belong to somebody else. The controller \
    that wrote it has stopped, or fails. Deleted, the slice of a Service that exists is written \
    anew. Verify: kubectl get endpointslice NAME -n NAMESPACE -o yaml
    """

  func inspect(_ slice: EndpointSlice, in cluster: ClusterView) -> [Observation] {
    guard !slice.serviceName.isEmpty, !slice.metadata.isTerminating,
      let service = cluster.targets(over: .endpointService).first
    else { return [] }
    if service.presence.isAbsent {
      return [
        Observation(
          "EndpointSlice \(slice.key.qualifiedName) belongs to Service \(service.id.name), "
            + "which does not exist",
          evidence: [
            Evidence(
              slice.id,
              "metadata.labels[kubernetes.io/service-name]",
              slice.serviceName
            )
          ],
          related: [service.id],
          beginning: .notBefore(slice.metadata.creationTimestamp)
        )
      ]
    }
    guard service.presence.record != nil else { return [] }
    let lost = cluster.targets(over: .endpointTarget).filter(\.presence.isAbsent).map(\.id)
    guard let first = lost.first else { return [] }
    let more = lost.count > 1 ? " and \(lost.count - 1) more" : ""
    return [
      Observation(
        "EndpointSlice \(slice.key.qualifiedName) lists \(first)\(more), "
          + "which does not exist",
        evidence: lost.prefix(10).map {
          Evidence(slice.id, "endpoints.targetRef", $0.description)
        },
        related: [service.id] + lost.prefix(10),
        beginning: .whenSeen
      )
    ]
  }
}
