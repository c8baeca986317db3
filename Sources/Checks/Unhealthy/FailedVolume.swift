import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds volumes that could not be reclaimed.
struct FailedVolume: Check {
  let id: CheckID = "unhealthy/volume-failed"
  let title = "Volume could not be reclaimed"
  let severity = Severity.critical
  let settles = Duration.zero
  let needs = [PersistentVolume.kind]
  let remedies: [RemedyID] = ["delete-volume"]
  let explanation = """
    The claim is gone, and deleting what stored the volume failed: the driver is gone, its \
    credentials are refused, or the storage is still in use. The data is still there, and no claim \
    can bind it. Verify: kubectl describe pv NAME
    """

  func inspect(_ volume: PersistentVolume, in cluster: ClusterView) -> [Observation] {
    guard volume.phase == .failed, !volume.metadata.isTerminating else { return [] }
    return [
      Observation(
        "Volume \(volume.metadata.name) has failed",
        evidence: [
          Evidence(volume.id, "status.phase", volume.phase.rawValue),
          Evidence(volume.id, "spec.persistentVolumeReclaimPolicy", volume.reclaimPolicy),
        ],
        related: cluster.targets(over: .claim).map(\.id),
        beginning: volume.lastPhaseTransitionTime.map { .at($0) }
          ?? .notBefore(volume.metadata.creationTimestamp)
      )
    ]
  }
}
