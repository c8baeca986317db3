import ClusterGraph
import Inspection
import KubernetesObjects

/// Gives a Deployment back the Pod template that it had before, as `kubectl rollout undo` does.
struct RollBackWorkload: PlanningRemedy {
  let id: RemedyID = "roll-back-workload"
  let title = "Roll the Deployment back to its last revision"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let workloads = try graph.workloads(behind: finding)
    guard workloads.count == 1, let deployment = workloads.first as? Deployment else {
      let names = workloads.map(\.key.description).joined(separator: ", ")
      throw Obstacle("Only one Deployment is rolled back at a time, not \(names).")
    }
    let key = deployment.key
    guard !deployment.isPaused else { throw Obstacle("\(key) is paused; resume it first.") }
    if let ignorance = graph.ignorance(of: ReplicaSet.kind, in: key.namespace) {
      throw Obstacle("Its revisions are not known (\(ignorance)).")
    }
    let revisions = Self.revisions(of: deployment, in: graph)
    guard let current = revisions.first, let previous = revisions.dropFirst().first else {
      throw Obstacle("\(key) has no earlier revision.")
    }
    let pods = graph.handle(of: .object(key)).map {
      graph.targets(of: $0, over: .selection).count
    }
    let argument = HealStep.argument(for: key)
    return plan(
      "Roll \(key) back from revision \(current.number) to \(previous.number)",
      for: finding,
      because: "What ran before the last rollout runs again.",
      steps: [
        .rollBack(Rollback(deployment, to: previous.replicaSet, revision: previous.number))
      ],
      disruption: .rolling,
      impacts: [
        .init(
          .object(key),
          "replaces its \(pods ?? 0) Pods by those of revision \(previous.number); "
            + "all at once if its strategy is Recreate"
        )
      ],
      undo: "\(kubectl: "rollout undo \(argument) --to-revision=\(current.number)")",
      confirmation: .typing(key.name)
    )
  }

  /// A rollout of a Deployment, and what it made.
  private struct Revision {
    let number: Int
    let replicaSet: ReplicaSet
  }

  /// The revisions of a Deployment, the newest first.
  private static func revisions(of deployment: Deployment, in graph: ClusterGraph) -> [Revision] {
    guard let handle = graph.handle(of: .object(deployment.key)) else { return [] }
    return graph.referrers(of: handle, over: .owner)
      .compactMap { $0.presence.record as? ReplicaSet }
      .filter { replicaSet in
        replicaSet.metadata.controller?.uid == deployment.metadata.uid
          && !replicaSet.metadata.isTerminating
      }
      .compactMap { replicaSet in
        Int(replicaSet.revision).map { Revision(number: $0, replicaSet: replicaSet) }
      }
      .sorted { $0.number > $1.number }
  }
}
