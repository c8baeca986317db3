import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds claims whose volume is gone.
struct LostClaim: Check {
  let id: CheckID = "dangling/claim-lost"
  let title = "Claim has lost its volume"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [PersistentVolumeClaim.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explains: [Explanation] = [.referrers(over: .mount)]
  let explanation = """
    The claim was bound, and its PersistentVolume does not exist any more. Pods that mount it do \
    not start, and the claim never binds again: it has to be deleted and made anew. If the storage \
    still exists, a volume made by hand for it saves the data. \
    Verify: kubectl get pvc NAME -n NAMESPACE; kubectl get pv VOLUME
    """

  func inspect(_ claim: PersistentVolumeClaim, in cluster: ClusterView) -> [Observation] {
    guard claim.phase == .lost || claim.phase == .bound, !claim.metadata.isTerminating else {
      return []
    }
    let missing = cluster.missingTargets(over: .claim).first
    guard claim.phase == .lost || missing != nil else { return [] }
    return [
      Observation(
        "Claim \(claim.key.qualifiedName) has lost volume \(claim.volumeName)",
        evidence: [
          Evidence(claim.id, "status.phase", claim.phase.rawValue),
          Evidence(claim.id, "spec.volumeName", claim.volumeName),
        ],
        related: cluster.targets(over: .claim).map(\.id),
        beginning: .notBefore(claim.metadata.creationTimestamp)
      )
    ]
  }
}
