import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Gives a workload with one replica a second one.
struct ScaleWorkload: PlanningRemedy {
  let id: RemedyID = "scale-workload"
  let title = "Scale the workload to two replicas"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let record = try graph.settledRecord(finding.subject)
    let key = record.key
    guard
      let replicas = (record as? Deployment)?.replicas ?? (record as? StatefulSet)?.replicas
    else { throw Obstacle("\(key) is no Deployment or StatefulSet.") }
    guard replicas == 1 else { throw Obstacle("\(key) has \(replicas) replicas, not one.") }
    guard let handle = graph.handle(of: .object(key)) else {
      throw Obstacle("\(key) is gone already.")
    }
    if let scaler = graph.referrers(of: handle, over: .scaleTarget).map(\.id).min() {
      throw Obstacle("\(scaler) decides how many replicas it has; change it instead.")
    }
    if let claim = Self.soleClaim(of: handle, in: graph) {
      throw Obstacle(
        "Its Pods share claim \(claim.metadata.name), which one Node alone can use at a time."
      )
    }
    let argument = HealStep.argument(for: key)
    return plan(
      "Scale \(key) to 2 replicas",
      for: finding,
      because: "A second Pod answers while the first one is moved or lost.",
      steps: [Self.step(for: record)],
      disruption: .none,
      impacts: [
        .init(.object(key), "runs a second Pod; what it does must be able to run twice")
      ],
      undo: "kubectl scale \(argument) --replicas=1",
      confirmation: .typing(key.name)
    )
  }

  private static func step(for record: any ObjectRecord) -> HealStep {
    let operations: JSONValue = [
      ["op": "test", "path": "/metadata/uid", "value": .string(record.metadata.uid.description)],
      ["op": "test", "path": "/spec/replicas", "value": 1],
      ["op": "replace", "path": "/spec/replicas", "value": 2],
    ]
    let argument = HealStep.argument(for: record.key)
    return .patch(
      record.key,
      .json(operations),
      kubectl: "scale \(argument) --current-replicas=1 --replicas=2"
    )
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
