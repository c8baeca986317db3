import Inspection
import KubernetesObjects

/// Finds quotas that are nearly used up.
struct NearlyExhaustedQuota: Check {
  let id: CheckID = "risk/quota"
  let title = "Quota is nearly used up"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let thresholds = [percent]
  let needs = [ResourceQuota.kind]
  let explanation = """
    Nearly all of a resource is used. The next rollout or restart may fail, since new Pods \
    are refused before old ones go. \
    Verify: kubectl describe resourcequota NAME -n NAMESPACE
    """

  private static let percent = Threshold(
    "percent",
    90,
    "the share of a resource, in percent, above which it is nearly used up"
  )

  func inspect(_ quota: ResourceQuota, in cluster: ClusterView) -> [Observation] {
    let share = cluster.value(of: Self.percent) / 100
    return quota.hard.keys.sorted().compactMap { resource in
      guard let hard = quota.hard[resource], let used = quota.used[resource],
        hard.value > 0, used.value > hard.value * share
      else { return nil }
      let percent = Int(used.value / hard.value * 100)
      return Observation(
        "Quota \(quota.key.qualifiedName) uses \(percent) % of \(resource)",
        evidence: [
          Evidence(quota.id, "status.used.\(resource)", used.description),
          Evidence(quota.id, "status.hard.\(resource)", hard.description),
        ],
        discriminator: resource
      )
    }
  }
}
