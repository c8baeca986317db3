import ClusterGraph
import Inspection
import KubernetesObjects

/// Restarts the workload that seems to be the controller of a custom object, where there is just one.
struct RestartController: PlanningRemedy {
  let id: RemedyID = "restart-controller"
  let title = "Restart its controller"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    guard let object = try graph.settledRecord(finding.subject) as? CustomRecord else {
      throw Obstacle("Its controller is a part of Kubernetes itself.")
    }
    let status = "\(object.plural).\(object.kind.group)/status"
    let controllers = try graph.believedControllers(of: object)
    guard let controller = controllers.first else {
      throw Obstacle(
        "No Deployment, StatefulSet or DaemonSet runs as an account that a role allows, by name, to "
          + "write \(status): its controller runs elsewhere, or may write everything."
      )
    }
    guard controllers.count == 1 else {
      let names = controllers.map(\.workload.key.description).joined(separator: ", ")
      throw Obstacle(
        "Several may write \(status), and which of them should is not told: \(names)."
      )
    }
    let workload = controller.workload
    if let reason = RestartWorkload.hindrance(of: workload) { throw Obstacle(reason) }
    return plan(
      "Restart \(workload.key)",
      for: finding,
      because: "It alone runs as \(controller.account), which \(controller.role) allows to write "
        + "\(status): so it is believed to be the controller. New Pods of it look at all objects anew.",
      steps: [RestartWorkload.step(for: workload, at: max(graph.time, finding.since))],
      disruption: .rolling,
      impacts: [RestartWorkload.impact(on: workload, in: graph)],
      undo: RestartWorkload.undo,
      // It is a belief, and another workload than the one that the finding is about.
      confirmation: .typing(workload.metadata.name)
    )
  }
}
