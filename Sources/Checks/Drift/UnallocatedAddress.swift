import Inspection
import KubernetesObjects

/// Finds addresses in use that no IPAM has given out, though it gives out those around them.
struct UnallocatedAddress: Check {
  let id: CheckID = "drift/ipam-unallocated"
  let title = "Address in use is not allocated"
  let severity = Severity.critical
  let settles = Duration.seconds(120)
  let needs = [InventoryAddress.kind]
  let explanation = """
    A Pod, a Node or a load balancer has an address out of a range whose addresses an IPAM allocates \
    one by one, and this one is free there, or out of use. The IPAM may give it to somebody else at \
    any moment, and then two have it. Register it, or give the cluster another. Ranges that are \
    allocated to a cluster as a whole, and those without any allocated address, are not meant; Pods \
    are meant only where the IPAM says that it manages the range (the field managed). \
    Verify: kubectl get pods,nodes,services -A -o wide | grep ADDRESS, and look it up in the IPAM.
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard let record = cluster.addressRecord, let range = record.managedRange,
      record.allocations.allSatisfy({ $0.lifecycle == .retired }),
      cluster.isKnown(InventoryAddress.kind)
    else { return [] }
    let users = AddressUsers(in: cluster, withPods: range.isTold)
    guard !users.isEmpty else { return [] }
    let id = VertexID.object(record.key)
    return [
      Observation(
        "Address \(subject.address) of \(users.names) is not allocated in range \(range.prefix)",
        evidence: users.evidence(subject.address)
          + [Evidence(id, "range", range.prefix.description)]
          + record.allocations.map { $0.evidence(in: id) },
        related: users.vertices + [id],
        beginning: .notBefore(users.newest)
      )
    ]
  }
}
