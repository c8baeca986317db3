import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes an APIService that cannot be asked, and so holds up the deletion of a namespace.
struct DeleteAPIService: PlanningRemedy {
  let id: RemedyID = "delete-api-service"
  let title = "Delete the APIService that cannot be asked"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    guard
      let id = finding.related.first(where: { $0.objectKey?.kind == APIService.kind }),
      let service = try graph.settledRecord(id) as? APIService
    else { throw Obstacle("It is about no APIService.") }
    guard let available = service.conditions["Available"], available.status != .isTrue else {
      throw Obstacle("\(service.key) is available by now.")
    }
    let loss = DeletionLoss(of: service, in: graph)
    return plan(
      "Delete \(service.key)",
      for: finding,
      because:
        "Nobody can tell what there is of its kinds, so no namespace can be deleted. Where its "
        + "Service shall come back, mend that instead: the APIService is then asked again.",
      steps: [.delete(service.key, uid: service.metadata.uid)],
      disruption: loss.disruption,
      impacts: [.init(.object(service.key), loss.effect)] + loss.others,
      undo: HealPlan.undoByManifest(of: service.key),
      confirmation: .typing(service.metadata.name)
    )
  }
}
