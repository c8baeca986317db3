import ClusterGraph
import Inspection
import KubernetesObjects

/// What a plan is made for, and by what.
struct PlanOrigin {
  let cause: HealPlan.Cause
  let subject: VertexID
  let cluster: String
  let remedy: RemedyID
  /// When the plan is made, as far as that is known.
  let time: Timestamp

  init(_ finding: Finding, _ remedy: RemedyID, in graph: ClusterGraph) {
    cause = .finding(finding.id)
    subject = finding.subject
    cluster = finding.cluster
    self.remedy = remedy
    // The finding is the newest thing known of a cluster in which nothing has changed since.
    time = max(graph.time, finding.since)
  }

  init(_ action: RemedyID, on object: ObjectKey, of cluster: String, at time: Timestamp) {
    cause = .request(action, cluster: cluster, object: object)
    subject = .object(object)
    self.cluster = cluster
    remedy = action
    self.time = time
  }

  func plan(
    _ title: String,
    because reason: String,
    steps: [HealStep],
    disruption: HealPlan.Disruption,
    blastRadius: BlastRadius,
    undo: Instruction,
    confirmation: Confirmation,
    kubectl: String? = nil,
    proofLimit: Duration = .seconds(60)
  ) -> HealPlan {
    HealPlan(
      cause: cause,
      subject: subject,
      cluster: cluster,
      remedy: remedy,
      title: title,
      reason: reason,
      steps: steps,
      disruption: disruption,
      blastRadius: blastRadius,
      undo: undo,
      confirmation: confirmation,
      kubectl: kubectl,
      proofLimit: proofLimit
    )
  }
}
