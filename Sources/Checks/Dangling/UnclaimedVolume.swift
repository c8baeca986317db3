import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds volumes that nobody has claimed for a day.
struct UnclaimedVolume: Check {
  let id: CheckID = "dangling/volume-unclaimed"
  let title = "Volume is claimed by nobody"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [PersistentVolume.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The volume is available, and no claim has taken it: its size, its access modes, its class or \
    the claim that it is reserved for fit nobody. Its storage is paid for all the same. \
    Verify: kubectl get pv NAME
    """

  func inspect(_ volume: PersistentVolume, in cluster: ClusterView) -> [Observation] {
    guard volume.phase == .available, !volume.metadata.isTerminating else { return [] }
    // The disks of a Node wait for their claims in a pool.
    if case .local = volume.source { return [] }
    let size = volume.capacity.isEmpty ? "" : " of \(volume.capacity)"
    let reserved = volume.claim.map { " and is reserved for \($0.namespace)/\($0.name)" } ?? ""
    return [
      Observation(
        "Volume \(volume.metadata.name)\(size) is claimed by nobody\(reserved)",
        evidence: [
          Evidence(volume.id, "status.phase", volume.phase.rawValue),
          Evidence(volume.id, "spec.storageClassName", volume.storageClass),
        ],
        related: cluster.targets(over: .claim).map(\.id),
        beginning: volume.lastPhaseTransitionTime.map { .at($0) }
          ?? .notBefore(volume.metadata.creationTimestamp)
      )
    ]
  }
}
