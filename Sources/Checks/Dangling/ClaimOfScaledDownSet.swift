import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds claims of a StatefulSet's Pods that the set no longer has.
struct ClaimOfScaledDownSet: Check {
  let id: CheckID = "dangling/claim-of-scaled-down-set"
  let title = "Claim is left over from a StatefulSet that was scaled down"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(24 * 3600)
  let needs = [PersistentVolumeClaim.kind, StatefulSet.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    A StatefulSet keeps the claims of Pods that it no longer has, so that scaling up again finds \
    their data, and so their storage is paid for; Pods that come back start with that old data. \
    persistentVolumeClaimRetentionPolicy can say otherwise. \
    Verify: kubectl get statefulset NAME -n NAMESPACE -o jsonpath='{.spec.replicas}'
    """

  func inspect(_ claim: PersistentVolumeClaim, in cluster: ClusterView) -> [Observation] {
    guard !claim.metadata.isTerminating, !cluster.hasReferrer(over: .mount),
      let (set, ordinal) = cluster.setMaking(claim), !set.metadata.isTerminating
    else { return [] }
    let ordinals = set.firstOrdinal..<set.firstOrdinal + max(0, set.replicas)
    guard !ordinals.contains(ordinal) else { return [] }
    return [
      Observation(
        "Claim \(claim.key.qualifiedName) is of Pod \(ordinal) of StatefulSet "
          + "\(set.metadata.name), which has \(set.replicas)",
        evidence: [
          Evidence(claim.id, "metadata.name", claim.metadata.name),
          Evidence(set.id, "spec.replicas", String(set.replicas)),
          Evidence(set.id, "spec.ordinals.start", String(set.firstOrdinal)),
        ],
        related: [set.id] + cluster.targets(over: .claim).map(\.id),
        beginning: .notBefore(claim.metadata.creationTimestamp)
      )
    ]
  }
}
