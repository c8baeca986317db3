import ClusterGraph
import KubernetesObjects

/// Gives a workload another number of replicas.
struct ScaleByHand: PlanningAction {
  let replicas: Int

  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let record = try graph.settledRecord(.object(object))
    guard let old = ScaleWorkload.replicas(of: record) else {
      throw Obstacle("\(object) is no Deployment, StatefulSet or ReplicaSet.")
    }
    guard replicas >= 0 else { throw Obstacle("There is no negative number of replicas.") }
    guard replicas != old else { throw Obstacle("\(object) has \(old) replicas already.") }
    if let owner = record.metadata.controller {
      throw Obstacle(
        "\(owner.kind.name) \(owner.name) decides how many replicas it has; scale that instead."
      )
    }
    if let reason = ScaleWorkload.hindrance(object, in: graph) { throw Obstacle(reason) }
    return origin.plan(
      "Scale \(object) from \(old) to \(replicas) replicas",
      because: replicas > old ? "More Pods share its work." : "Fewer Pods take room.",
      steps: [ScaleWorkload.step(for: record, from: old, to: replicas)],
      disruption: replicas > old ? .none : replicas == 0 ? .outage : .fewerPods,
      blastRadius: BlastRadius(impacts(on: object, from: old, in: graph)),
      undo: "\(kubectl: "scale \(HealStep.argument(for: object)) --replicas=\(old)")",
      confirmation: replicas > old ? .key("y") : .typing(object.name)
    )
  }

  private func impacts(
    on object: ObjectKey,
    from old: Int,
    in graph: ClusterGraph
  ) -> [BlastRadius.Impact] {
    guard replicas < old else {
      return [.init(.object(object), "runs \(replicas - old) more Pods, where there is room")]
    }
    let ending = BlastRadius.Impact(
      .object(object),
      replicas == 0 ? "runs no Pod any more" : "ends \(old - replicas) of its \(old) Pods"
    )
    guard replicas == 0, let handle = graph.handle(of: .object(object)) else { return [ending] }
    let pods = graph.targets(of: handle, over: .selection)
    let ids = Set(pods.map(\.id))
    let services = Set(
      ids.compactMap(graph.handle(of:)).flatMap { graph.referrers(of: $0, over: .selection) }
        .map(\.id)
    )
    return [ending]
      + services.sorted().compactMap { id in
        guard id.objectKey.flatMap(graph.record) is Service, let service = graph.handle(of: id),
          graph.targets(of: service, over: .selection).allSatisfy({ ids.contains($0.id) })
        else { return nil }
        return .init(id, "has no Pod left")
      }
  }
}
