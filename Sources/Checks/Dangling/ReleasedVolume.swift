import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds volumes whose claim is gone and that nobody can claim again.
struct ReleasedVolume: Check {
  let id: CheckID = "dangling/volume-released"
  let title = "Volume is released and waits for a decision"
  let severity = Severity.warning
  let settles = Duration.seconds(600)
  let needs = [PersistentVolume.kind]
  let remedies: [RemedyID] = ["clear-claim", "delete-volume"]
  let explanation = """
    The claim was deleted, and the reclaim policy kept the volume. It holds its data and its \
    price, and no new claim can bind it while its claimRef names the old one. \
    Verify: kubectl get pv NAME -o jsonpath='{.status.phase} {.spec.claimRef}'
    """

  func inspect(_ volume: PersistentVolume, in cluster: ClusterView) -> [Observation] {
    guard volume.phase == .released, !volume.metadata.isTerminating else { return [] }
    let claim = volume.claim.map { "\($0.namespace)/\($0.name)" } ?? "its claim"
    let size = volume.capacity.isEmpty ? "" : " of \(volume.capacity)"
    return [
      Observation(
        "Volume \(volume.metadata.name)\(size) was released by \(claim)",
        evidence: [
          Evidence(volume.id, "status.phase", volume.phase.rawValue),
          Evidence(volume.id, "spec.claimRef", claim),
          Evidence(volume.id, "spec.persistentVolumeReclaimPolicy", volume.reclaimPolicy),
        ],
        related: cluster.targets(over: .claim).map(\.id),
        beginning: volume.lastPhaseTransitionTime.map { .at($0) }
          ?? .notBefore(volume.metadata.creationTimestamp)
      )
    ]
  }
}
