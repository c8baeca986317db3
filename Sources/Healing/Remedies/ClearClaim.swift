import ClusterGraph
import Inspection
import KubernetesObjects
import WireFormats

/// Makes a released volume available to the next claim that fits.
struct ClearClaim: PlanningRemedy {
  let id: RemedyID = "clear-claim"
  let title = "Make the volume available again, with its data"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let volume = try graph.subject(of: finding, as: PersistentVolume.self)
    guard volume.phase == .released, let claim = volume.claim, !claim.uid.isEmpty else {
      throw Obstacle("The volume is \(volume.phase.rawValue), not Released by a claim.")
    }
    guard volume.reclaimPolicy == "Retain" else {
      throw Obstacle("Its reclaim policy is \(volume.reclaimPolicy): its storage is being cleared.")
    }
    return plan(
      "Make PersistentVolume \(volume.metadata.name) available",
      for: finding,
      because: "It is kept for a claim that is gone; without it any claim that fits can bind it.",
      steps: [
        .merge(
          ["spec": ["claimRef": .null]],
          on: volume.key,
          uid: volume.metadata.uid,
          // Whoever bound it meanwhile keeps it.
          version: graph.resourceVersion(volume.key)
        )
      ],
      disruption: .none,
      impacts: [
        .init(
          .object(volume.key),
          "is bound by the next claim that fits, in any namespace; whoever makes it reads what "
            + "\(claim.namespace)/\(claim.name) has left there"
        )
      ],
      undo: "Until a claim binds it: put the claim back into spec.claimRef by hand.",
      confirmation: .typing(volume.metadata.name)
    )
  }
}
