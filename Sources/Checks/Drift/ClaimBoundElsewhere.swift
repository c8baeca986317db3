import Inspection
import KubernetesObjects

/// Finds claims that are bound to a volume that is not bound to them.
struct ClaimBoundElsewhere: Check {
  let id: CheckID = "drift/bound-claim"
  let title = "Claim is bound to another's volume"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [PersistentVolume.kind, PersistentVolumeClaim.kind]
  let explanation = """
    A binding is written on both sides, and here they differ: the claim counts as bound to a volume \
    whose claimRef names another claim, or none. Its Pods may write to a disk that is somebody \
    else's, and the volume may be given away or deleted under them. Usual causes: objects restored \
    from a backup, or a claimRef that was edited. \
    Verify: kubectl get pvc NAME -n NAMESPACE -o jsonpath='{.spec.volumeName} {.metadata.uid}'; \
    kubectl get pv VOLUME -o jsonpath='{.spec.claimRef}'
    """

  func inspect(_ claim: PersistentVolumeClaim, in cluster: ClusterView) -> [Observation] {
    guard claim.phase == .bound, !claim.volumeName.isEmpty, !claim.metadata.isTerminating,
      let volume = cluster.targets(PersistentVolume.self, over: .claim).first
    else { return [] }
    let reference = volume.claim
    let isMutual =
      reference?.namespace == claim.metadata.namespace && reference?.name == claim.metadata.name
      && reference?.uid == claim.metadata.uid
    guard !isMutual else { return [] }
    let owner = reference.map { "\($0.namespace)/\($0.name)" } ?? "no claim"
    let named = owner == claim.key.qualifiedName ? "an earlier claim of this name" : owner
    return [
      Observation(
        "Claim \(claim.key.qualifiedName) is bound to volume \(volume.metadata.name), which belongs "
          + "to \(named)",
        evidence: [
          Evidence(claim.id, "spec.volumeName", claim.volumeName),
          Evidence(claim.id, "metadata.uid", claim.metadata.uid.description),
          Evidence(volume.id, "spec.claimRef", owner),
          Evidence(volume.id, "spec.claimRef.uid", reference?.uid.description ?? ""),
        ],
        related: [volume.id]
      )
    ]
  }
}
