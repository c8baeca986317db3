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
    return try Self.plan(for: workloads, PlanOrigin(finding, id, in: graph), in: graph)
  }

  static func plan(
    for workloads: [any Workload],
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    for workload in workloads {
      if let reason = hindrance(of: workload) { throw Obstacle(reason) }
    }
    let names = workloads.map(\.key.description).joined(separator: ", ")
    return origin.plan(
      "Restart \(names)",
      because: "New Pods start afresh: with the image, the configuration and the Nodes of today.",
      steps: workloads.map { step(for: $0, at: origin.time) },
      disruption: .rolling,
      blastRadius: BlastRadius(workloads.map { impact(on: $0, in: graph) }),
      undo: undo,
      confirmation: workloads.count == 1 ? .key("y") : .typing(origin.cluster)
    )
  }

  static let undo: Instruction =
    "Nothing to take back: only an annotation of the Pod template changes."

  static func impact(on workload: any Workload, in graph: ClusterGraph) -> BlastRadius.Impact {
    let pods = graph.handle(of: .object(workload.key)).map {
      graph.targets(of: $0, over: .selection).count
    }
    return BlastRadius.Impact(
      .object(workload.key),
      "replaces its \(pods ?? 0) Pods; all at once if its strategy is Recreate"
    )
  }

  /// Why a changed template would start no Pod; `nil` where it does.
  static func hindrance(of workload: any Workload) -> String? {
    if let deployment = workload as? Deployment, deployment.isPaused {
      return "\(workload.key) is paused; resume it first."
    }
    let replicas = (workload as? Deployment)?.replicas ?? (workload as? StatefulSet)?.replicas
    if replicas == 0 { return "\(workload.key) is scaled to 0: there is nothing to restart." }
    let updatesOnDelete =
      (workload as? StatefulSet)?.updatesOnDelete ?? (workload as? DaemonSet)?.updatesOnDelete
    return updatesOnDelete == true
      ? "\(workload.key) replaces Pods only when somebody deletes them." : nil
  }

  static func step(for workload: any Workload, at time: Timestamp) -> HealStep {
    let patch: JSONValue = [
      "metadata": ["uid": .string(workload.metadata.uid.description)],
      "spec": [
        "template": [
          "metadata": ["annotations": ["kubectl.kubernetes.io/restartedAt": .string(time.rfc3339)]]
        ]
      ],
    ]
    return .patch(
      workload.key,
      .strategicMerge(patch),
      kubectl: "rollout restart \(HealStep.argument(for: workload.key))"
    )
  }
}
