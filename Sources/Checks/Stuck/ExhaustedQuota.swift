import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds quotas that are used up, or for which something was refused.
struct ExhaustedQuota: Check {
  let id: CheckID = "stuck/quota"
  let title = "Quota is used up"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [ResourceQuota.kind]
  let explains: [Explanation] = [
    .referrers(over: .quota), .sameSubject("risk/quota"),
    Explanation(up: [.naming(.quota), .named(.event)], down: [], .failures),
  ]
  let explanation = """
    Nothing more of a resource may be asked for in the namespace: Pods, claims or Services that \
    need it are refused, so rollouts and autoscalers stop, and Pods that end are not replaced. It \
    heals with a larger quota, smaller requests, or when something in the namespace goes. \
    Verify: kubectl describe resourcequota NAME -n NAMESPACE
    """

  func inspect(_ quota: ResourceQuota, in cluster: ClusterView) -> [Observation] {
    guard !quota.metadata.isTerminating else { return [] }
    let exhausted = quota.hard.keys.sorted().compactMap { resource -> Observation? in
      guard let hard = quota.hard[resource], let used = quota.used[resource],
        hard.value > 0, used.value >= hard.value
      else { return nil }
      return Observation(
        "Quota \(quota.key.qualifiedName) has nothing left of \(resource): all \(hard) are used",
        evidence: [
          Evidence(quota.id, "status.used.\(resource)", used.description),
          Evidence(quota.id, "status.hard.\(resource)", hard.description),
        ],
        discriminator: resource
      )
    }
    guard exhausted.isEmpty, let refused = refused(in: cluster) else { return exhausted }
    return [
      Observation(
        "Quota \(quota.key.qualifiedName) refuses what \(refused.id) needs",
        evidence: [refused.complaint.evidence(of: refused.id)],
        related: [refused.id],
        beginning: refused.complaint.since(refused.metadata),
        discriminator: "refused"
      )
    ]
  }

  /// Who is refused now, though something is left: too little for what it asks for.
  private func refused(
    in cluster: ClusterView
  ) -> (id: VertexID, metadata: ObjectMetadata, complaint: Condition)? {
    for neighbour in cluster.referrers(over: .quota) {
      let conditions =
        (neighbour.presence.record as? ReplicaSet)?.conditions
        ?? (neighbour.presence.record as? Deployment)?.conditions ?? []
      if let record = neighbour.presence.record, let complaint = conditions["ReplicaFailure"] {
        return (neighbour.id, record.metadata, complaint)
      }
    }
    return nil
  }
}
