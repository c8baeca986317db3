import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds claims that nobody mounts.
struct UnusedClaim: Check {
  let id: CheckID = "dangling/claim-unused"
  let title = "Claim is mounted by nobody"
  let severity = Severity.info
  let settles = Duration.seconds(24 * 3600)
  let needs = [PersistentVolumeClaim.kind] + PodTemplateSubject.kinds
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    No Pod and no workload mounts the claim, and its storage is paid for. It may be left over from \
    a workload that was removed: look at what is in it before you delete it, for with the reclaim \
    policy Delete its data is deleted, too. \
    Verify: kubectl describe pvc NAME -n NAMESPACE
    """

  func inspect(_ claim: PersistentVolumeClaim, in cluster: ClusterView) -> [Observation] {
    // What an operator or a Pod owns goes with its owner.
    guard !claim.metadata.isTerminating, claim.metadata.ownerReferences.isEmpty,
      !cluster.hasReferrer(overAnyOf: [.mount, .mention]),
      PodTemplateSubject.kinds.allSatisfy(cluster.isKnown), cluster.setMaking(claim) == nil
    else { return [] }
    let size = claim.capacity.map { " of \($0)" } ?? ""
    return [
      Observation(
        "Claim \(claim.key.qualifiedName)\(size) is mounted by nobody",
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
