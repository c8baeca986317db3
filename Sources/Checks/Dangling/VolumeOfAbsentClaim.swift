import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds bound volumes whose claim is gone, or is another one of the same name.
struct VolumeOfAbsentClaim: Check {
  let id: CheckID = "dangling/volume-claim-gone"
  let title = "Volume is bound to a claim that does not exist"
  let severity = Severity.warning
  let settles = Duration.seconds(120)
  let needs = [PersistentVolume.kind, PersistentVolumeClaim.kind]
  let remedies: [RemedyID] = ["clear-claim", "delete-volume"]
  let explanation = """
    The volume says that it is bound, and the claim that it names does not exist or was made anew. \
    The volume controller should have released it within seconds. Until then nobody can claim it, \
    and its storage is paid for. \
    Verify: kubectl get pv NAME -o jsonpath='{.status.phase} {.spec.claimRef}'
    """

  func inspect(_ volume: PersistentVolume, in cluster: ClusterView) -> [Observation] {
    guard volume.phase == .bound, !volume.metadata.isTerminating, let claim = volume.claim,
      let target = cluster.targets(over: .claim).first
    else { return [] }
    let other = target.presence.record?.metadata.uid
    guard target.presence.isAbsent || other != nil && other != claim.uid && !claim.uid.isEmpty
    else { return [] }
    let state = other == nil ? "does not exist" : "was made anew since"
    return [
      Observation(
        "Volume \(volume.metadata.name) is bound to claim \(target.id.name), which \(state)",
        evidence: [
          Evidence(volume.id, "status.phase", volume.phase.rawValue),
          Evidence(volume.id, "spec.claimRef.uid", claim.uid.description),
        ] + (other.map { [Evidence(target.id, "metadata.uid", $0.description)] } ?? []),
        related: [target.id],
        beginning: .notBefore(volume.lastPhaseTransitionTime ?? volume.metadata.creationTimestamp)
      )
    ]
  }
}
