import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects

/// Deletes an object because a user wants it gone.
struct DeleteByHand: PlanningAction {
  let propagation: DeleteOptions.Propagation

  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan {
    let record = try graph.settledRecord(.object(object))
    if let reason = hindrance(to: record, in: graph) { throw Obstacle(reason) }
    let loss = DeletionLoss(of: record, in: graph, propagation)
    let isReplaced = record is Pod && record.metadata.controller != nil
    var radius = BlastRadius([.init(.object(object), effect(on: record, loss))] + loss.others)
    radius.unknownKinds = propagation == .orphan ? [] : graph.unknownKinds
    return origin.plan(
      "Delete \(object)",
      because: reason(for: record),
      steps: [.delete(object, uid: record.metadata.uid, propagation: propagation)],
      disruption: isReplaced ? .onePod : loss.disruption,
      blastRadius: radius,
      undo: HealPlan.undoByManifest(of: object),
      confirmation: isReplaced || loss.isLight ? .key("y") : .typing(object.name)
    )
  }

  private func hindrance(to record: any ObjectRecord, in graph: ClusterGraph) -> String? {
    switch record {
    case let namespace as Namespace:
      NamespaceContent.isWellKnown(namespace.metadata.name)
        ? "Namespace \(namespace.metadata.name) is one of Kubernetes' own." : nil
    case is Node, is VolumeAttachment: DeleteObject.hindrance(to: record, in: graph)
    case let pod as Pod where pod.isMirror:
      "It is a static Pod: its kubelet runs it from a file on its Node; change it there."
    default: nil
    }
  }

  private func effect(on record: any ObjectRecord, _ loss: DeletionLoss) -> String {
    guard record is Pod, let controller = record.metadata.controller else { return loss.effect }
    return "is deleted; \(controller.kind.name) \(controller.name) starts another"
  }

  private func reason(for record: any ObjectRecord) -> String {
    guard let controller = record.metadata.controller else { return "It is not wanted any more." }
    return "\(controller.kind.name) \(controller.name), which controls it, may make it anew."
  }
}
