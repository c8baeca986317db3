import ClusterGraph
import Inspection
import KubernetesObjects

/// Gives a workload without replicas one, and one that has one a second.
struct ScaleWorkload: PlanningRemedy {
  let id: RemedyID = "scale-workload"
  let title = "Give the workload one more replica"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let record = try graph.settledRecord(finding.subject)
    let key = record.key
    guard !(record is ReplicaSet), let replicas = Self.replicas(of: record) else {
      throw Obstacle("\(key) is no Deployment or StatefulSet.")
    }
    guard replicas <= 1 else { throw Obstacle("\(key) has \(replicas) replicas already.") }
    guard let handle = graph.handle(of: .object(key)) else {
      throw Obstacle("\(key) is gone already.")
    }
    if let reason = Self.hindrance(key, in: graph) { throw Obstacle(reason) }
    if replicas == 1, let claim = Self.soleClaim(of: handle, in: graph) {
      throw Obstacle(
        "Its Pods share claim \(claim.metadata.name), which one Node alone can use at a time."
      )
    }
    let argument = HealStep.argument(for: key)
    let (number, reason, impact) =
      replicas == 0
      ? ("1 replica", "It runs again, where it was stopped and forgotten.", "runs again")
      : (
        "2 replicas", "A second Pod answers while the first one is moved or lost.",
        "runs a second Pod; what it does must be able to run twice"
      )
    return plan(
      "Scale \(key) to \(number)",
      for: finding,
      because: reason,
      steps: [Self.step(for: record, from: replicas, to: replicas + 1)],
      disruption: .none,
      impacts: [.init(.object(key), impact)],
      undo: "\(kubectl: "scale \(argument) --replicas=\(replicas)")",
      confirmation: .typing(key.name)
    )
  }

  /// Sets how many replicas a workload has, if it still has as many as it had.
  static func step(for record: any ObjectRecord, from old: Int, to new: Int) -> HealStep {
    .scale(ReplicaChange(record.key, uid: record.metadata.uid, from: old, to: new))
  }

  /// How many replicas a workload is to have; `nil` where that is not said of its kind.
  static func replicas(of record: any ObjectRecord) -> Int? {
    switch record {
    case let deployment as Deployment: deployment.replicas
    case let set as StatefulSet: set.replicas
    case let set as ReplicaSet: set.replicas
    default: nil
    }
  }

  /// Why it is of no use to scale a workload; `nil` where it is.
  static func hindrance(_ workload: ObjectKey, in graph: ClusterGraph) -> String? {
    let handle = graph.handle(of: .object(workload))
    let scalers = handle.map { graph.referrers(of: $0, over: .scaleTarget).map(\.id) } ?? []
    return scalers.min().map {
      "\($0) decides how many replicas it has; change it instead."
    }
  }

  /// A claim that all Pods of a workload would have to share, and cannot on two Nodes.
  private static func soleClaim(
    of workload: Handle,
    in graph: ClusterGraph
  ) -> PersistentVolumeClaim? {
    graph.targets(of: workload, over: .mount)
      .compactMap { $0.presence.record as? PersistentVolumeClaim }
      .first { $0.accessModes.isDisjoint(with: [.readOnlyMany, .readWriteMany]) }
  }
}
