import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes a volume that was released and that nobody will claim again.
struct DeleteVolume: Remedy {
  let id: RemedyID = "delete-volume"
  let title = "Delete the released volume"

  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    guard let key = finding.subject.objectKey,
      let volume = graph.record(key) as? PersistentVolume
    else { return .unavailable("The volume is gone already.") }
    guard volume.phase == .released else {
      return .unavailable("The volume is \(volume.phase.rawValue), no longer Released.")
    }
    let keepsStorage = volume.reclaimPolicy == "Retain"
    return .plan(
      HealPlan(
        cause: .finding(finding.id),
        subject: finding.subject,
        cluster: finding.cluster,
        remedy: id,
        title: "Delete PersistentVolume \(key.name)",
        reason: "Its claim is gone, and no new claim can bind it.",
        steps: [.delete(key, uid: volume.metadata.uid)],
        disruption: keepsStorage ? .none : .dataLoss,
        blastRadius: BlastRadius(
          ending: key,
          keepsStorage
            ? "is deleted; its reclaim policy Retain leaves the storage behind it in place"
            : "is deleted, and its storage with it (reclaim policy \(volume.reclaimPolicy))",
          in: graph
        ),
        undo: keepsStorage
          ? "By hand: create a PersistentVolume with the same volume handle."
          : "Cannot be undone.",
        confirmation: .typing(key.name)
      )
    )
  }
}
