import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds ReplicaSets without Pods that nobody needs for a roll-back.
///
/// How many a Deployment keeps is seen from the Deployment.
struct LeftoverReplicaSet: Check {
  let id: CheckID = "dangling/replica-set"
  let title = "ReplicaSet is left over"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(3600)
  let needs = [ReplicaSet.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The ReplicaSet has no Pods and shall have none. Its Deployment keeps revisionHistoryLimit old \
    ones to roll back to, and this one is beyond that; or no Deployment owns it at all. \
    Verify: kubectl get replicasets -n NAMESPACE
    """

  func inspect(_ subject: OneOf<Deployment, ReplicaSet>, in cluster: ClusterView) -> [Observation] {
    switch subject.record {
    case let set as ReplicaSet: isOfNobody(set) ? [ownerless(set)] : []
    case let deployment as Deployment: surplus(of: deployment, in: cluster)
    default: []
    }
  }

  private func isOfNobody(_ set: ReplicaSet) -> Bool {
    set.isIdle && set.metadata.ownerReferences.isEmpty && !set.metadata.isTerminating
  }

  private func ownerless(_ set: ReplicaSet) -> Observation {
    Observation(
      "ReplicaSet \(set.key.qualifiedName) has no Pods and no owner",
      evidence: [
        Evidence(set.id, "spec.replicas", String(set.replicas)),
        Evidence(set.id, "metadata.ownerReferences", "none"),
      ],
      beginning: .notBefore(set.metadata.creationTimestamp)
    )
  }

  private func surplus(of deployment: Deployment, in cluster: ClusterView) -> [Observation] {
    // The controller cleans up when a rollout is complete.
    guard !deployment.metadata.isTerminating, deployment.isRolledOut,
      cluster.hasReferrer(over: .owner)
    else { return [] }
    let idle = cluster.referrers(over: .owner).compactMap { $0.presence.record as? ReplicaSet }
      .filter { $0.isIdle && !$0.metadata.isTerminating }
    // The newest stands for the template itself, where the Deployment has no Pods either.
    let keeps = deployment.revisionHistoryLimit + (deployment.replicas == 0 ? 1 : 0)
    guard idle.count > keeps else { return [] }
    return idle.sorted { $0.revisionNumber < $1.revisionNumber }.dropLast(keeps).map { set in
      Observation(
        "ReplicaSet \(set.key.qualifiedName) of revision \(set.revision) is beyond the "
          + "\(deployment.revisionHistoryLimit) that Deployment \(deployment.metadata.name) keeps",
        evidence: [
          Evidence(set.id, "metadata.annotations[deployment.kubernetes.io/revision]", set.revision),
          Evidence(
            deployment.id,
            "spec.revisionHistoryLimit",
            String(deployment.revisionHistoryLimit)
          ),
        ],
        subject: set.id,
        related: [deployment.id],
        beginning: .notBefore(set.metadata.creationTimestamp)
      )
    }
  }
}

extension Deployment {
  fileprivate var isRolledOut: Bool {
    observedGeneration >= metadata.generation && updatedReplicas == replicas
      && currentReplicas == replicas && availableReplicas == replicas
  }
}

extension ReplicaSet {
  fileprivate var revisionNumber: Int { Int(revision) ?? 0 }
}
