import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Replaces the Pods of the workloads behind a finding, as `kubectl rollout restart` does.
struct RestartWorkload: PlanningRemedy {
  let id: RemedyID = "restart-workload"
  let title = "Restart the workload: its Pods are replaced"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let workloads = try graph.workloads(behind: finding)
    for workload in workloads {
      if let reason = Self.hindrance(of: workload) { throw Obstacle(reason) }
    }
    // The finding is the newest thing known of a cluster in which nothing has changed since.
    let time = max(graph.time, finding.since).rfc3339
    let names = workloads.map(\.key.description).joined(separator: ", ")
    return plan(
      "Restart \(names)",
      for: finding,
      because: "New Pods start afresh: with the image, the configuration and the Nodes of today.",
      steps: workloads.map { Self.step(for: $0, at: time) },
      disruption: .rolling,
      impacts: workloads.map { workload in
        let pods = graph.handle(of: .object(workload.key)).map {
          graph.targets(of: $0, over: .selection).count
        }
        return .init(
          .object(workload.key),
          "replaces its \(pods ?? 0) Pods; all at once if its strategy is Recreate"
        )
      },
      undo: "Nothing to take back: only an annotation of the Pod template changes.",
      confirmation: workloads.count == 1 ? .key("y") : .typing(finding.cluster)
    )
  }

  /// Why a changed template would start no Pod; `nil` where it does.
  private static func hindrance(of workload: any Workload) -> String? {
    if let deployment = workload as? Deployment, deployment.isPaused {
      return "\(workload.key) is paused; resume it first."
    }
    let updatesOnDelete =
      (workload as? StatefulSet)?.updatesOnDelete ?? (workload as? DaemonSet)?.updatesOnDelete
    return updatesOnDelete == true
      ? "\(workload.key) replaces Pods only when somebody deletes them." : nil
  }

  private static func step(for workload: any Workload, at time: String) -> HealStep {
    let patch: JSONValue = [
      "metadata": ["uid": .string(workload.metadata.uid.description)],
      "spec": [
        "template": [
          "metadata": ["annotations": ["kubectl.kubernetes.io/restartedAt": .string(time)]]
        ]
      ],
    ]
    return .patch(
      workload.key,
      .merge(patch),
      kubectl: "rollout restart \(HealStep.argument(for: workload.key))"
    )
  }
}
