import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Deployments whose rollout does not get on.
struct StuckRollout: Check {
  let id: CheckID = "stuck/rollout"
  let title = "Rollout makes no progress"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [Deployment.kind]
  let remedies: [RemedyID] = ["restart-workload", "roll-back-workload"]
  let explains: [Explanation] = [.sameSubject("unhealthy/workload")]
  let explanation = """
    The Deployment's new Pods do not become available, and its controller has seen no progress \
    for longer than progressDeadlineSeconds. Old Pods go on serving as far as maxUnavailable left \
    them; what was rolled out does not. The Pods tell why: what they miss, or why they crash. It \
    heals with what they need, or by going back to the last revision. \
    Verify: kubectl rollout status deployment NAME -n NAMESPACE
    """

  func inspect(_ deployment: Deployment, in cluster: ClusterView) -> [Observation] {
    guard deployment.replicas > 0, !deployment.isPaused, !deployment.metadata.isTerminating,
      deployment.observedGeneration >= deployment.metadata.generation, !deployment.isRolledOut
    else { return [] }
    let progress = deployment.conditions["Progressing"]
    guard let stall = Stall(of: deployment, progress) else { return [] }
    return [
      Observation(
        "Rollout of Deployment \(deployment.key.qualifiedName) makes no progress: "
          + "\(deployment.updatedReplicas) of \(deployment.replicas) Pods are updated, "
          + "\(deployment.availableReplicas) available",
        evidence: [
          Evidence(deployment.id, "spec.replicas", "\(deployment.replicas)"),
          Evidence(deployment.id, "status.updatedReplicas", "\(deployment.updatedReplicas)"),
          Evidence(deployment.id, "status.availableReplicas", "\(deployment.availableReplicas)"),
        ] + (progress.map { [$0.evidence(of: deployment.id)] } ?? []),
        related: cluster.referrers(over: .owner).map(\.id).suffix(3),
        beginning: stall.beginning,
        discriminator: stall.discriminator
      )
    ]
  }

  /// That a rollout stands, and since when.
  private struct Stall {
    let beginning: Observation.Beginning
    let discriminator: String

    init?(of deployment: Deployment, _ progress: Condition?) {
      if let progress {
        guard progress.status == .isFalse, progress.reason != "DeploymentPaused" else {
          return nil
        }
        // The controller says so only once the deadline has passed.
        let overdue = progress.reason == "ProgressDeadlineExceeded"
        let waited = overdue ? deployment.progressDeadline : .zero
        beginning =
          progress.lastTransitionTime.map { .at($0 - waited) }
          ?? .notBefore(deployment.metadata.creationTimestamp)
        discriminator = ""
      } else {
        // Without a deadline nobody judges; it stands as long as nothing changes.
        guard deployment.updatedReplicas < deployment.replicas else { return nil }
        beginning = .notBefore(nil)
        discriminator = "\(deployment.updatedReplicas) updated"
      }
    }
  }
}

extension Deployment {
  /// Whether all its Pods are new ones and available.
  fileprivate var isRolledOut: Bool {
    updatedReplicas >= replicas && availableReplicas >= replicas
      && currentReplicas <= updatedReplicas
  }
}
