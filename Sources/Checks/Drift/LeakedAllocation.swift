import Inspection
import KubernetesObjects

/// Finds addresses that are allocated to the cluster and that nothing of it uses.
struct LeakedAllocation: Check {
  let id: CheckID = "drift/ipam-leaked"
  let title = "Allocated address is used by nobody"
  let severity = Severity.warning
  let settles = Duration.seconds(600)
  let needs = [InventoryAddress.kind, Node.kind, Pod.kind, Service.kind]
  let remedies: [RemedyID] = ["release-address"]
  let explanation = """
    An IPAM has this address as allocated to the cluster, and no Pod, Node or Service has it: whoever \
    had it is gone, and did not give it back. Ranges run full that way. What is kept for later should \
    be reserved in the IPAM. Release it there, or here where the configuration says how (release of \
    inventories): KPatrol changes no inventory by itself. \
    Verify: kubectl get pods,nodes,services -A -o wide | grep ADDRESS
    """

  private static let uses: [Relation] = [
    .address, .clusterAddress, .externalAddress, .loadBalancerAddress, .nodeAddress,
  ]

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard let record = cluster.addressRecord, !record.isOfServer,
      !cluster.hasReferrer(overAnyOf: Self.uses),
      let allocation = record.ownAllocation, needs.allSatisfy(cluster.isKnown)
    else { return [] }
    let id = VertexID.object(record.key)
    return [
      Observation(
        "Address \(subject.address) is allocated to this cluster, and nothing uses it",
        evidence: [allocation.evidence(in: id)],
        subject: id,
        related: [.address(subject.address)]
      )
    ]
  }
}
