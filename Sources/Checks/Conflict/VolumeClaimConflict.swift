import Inspection
import KubernetesObjects

/// Finds volumes that a claim names though they are another's.
struct VolumeClaimConflict: Check {
  let id: CheckID = "conflict/volume-claim"
  let title = "Two claims want one volume"
  let severity = Severity.critical
  let settles = Duration.seconds(30)
  let needs = [PersistentVolume.kind, PersistentVolumeClaim.kind]
  let explains: [Explanation] = [.referrers(over: .claim)]
  let explanation = """
    A volume belongs to one claim, the one whose uid is in its claimRef. Another claim names it, too, \
    and will never be bound, or is bound to a volume that is no longer its own. Usual causes: a \
    claim that was deleted and made anew, or copied with its volumeName. Take volumeName out of \
    the wrong claim by making it anew, or clear the volume's claimRef if its data is meant. \
    Verify: kubectl get pvc -A | grep VOLUME; \
    kubectl get pv VOLUME -o jsonpath='{.spec.claimRef}'
    """

  func inspect(_ volume: PersistentVolume, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .claim) else { return [] }
    let claims = cluster.referrers(PersistentVolumeClaim.self, over: .claim)
      .filter { !$0.metadata.isTerminating }
    let strangers = claims.filter { !isRightful($0, of: volume) }
    // While no claim has got the volume yet, one that names it is about to.
    guard !strangers.isEmpty, claims.count > 1 || volume.claim != nil else { return [] }
    let owner = volume.claim.map { "\($0.namespace)/\($0.name)" } ?? "nobody"
    let message =
      volume.claim == nil || claims.count > strangers.count
      ? "is named by \(claims.count) claims: \(claims.names)"
      : "belongs to \(owner) with another uid, and is named by claim \(strangers.names)"
    return [
      Observation(
        "Volume \(volume.metadata.name) \(message)",
        evidence: [
          Evidence(volume.id, "spec.claimRef", owner),
          Evidence(volume.id, "spec.claimRef.uid", volume.claim?.uid.description ?? ""),
        ]
          + claims.flatMap { claim in
            [
              Evidence(claim.id, "spec.volumeName", claim.volumeName),
              Evidence(claim.id, "metadata.uid", claim.metadata.uid.description),
            ]
          },
        related: claims.map(\.id),
        beginning: .notBefore(strangers.youngestFirst()[0].metadata.creationTimestamp)
      )
    ]
  }

  /// Whether the volume's claimRef means the claim; one without a uid means any of its name.
  private func isRightful(_ claim: PersistentVolumeClaim, of volume: PersistentVolume) -> Bool {
    guard let reference = volume.claim else { return false }
    return reference.namespace == claim.metadata.namespace && reference.name == claim.metadata.name
      && (reference.uid.isEmpty || reference.uid == claim.metadata.uid)
  }
}
