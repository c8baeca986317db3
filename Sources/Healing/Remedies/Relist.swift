import ClusterGraph
import Inspection
import KubernetesObjects

/// Lists a kind again of which KPatrol's own picture was wrong, and compares it with the server once
/// more.
struct Relist: PlanningRemedy {
  let id: RemedyID = "relist"
  let title = "List the kind again, and compare"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let cluster = finding.subject.objectKey.flatMap(graph.record) as? ClusterRecord
    let objects = Set(finding.related.compactMap(\.objectKey))
    let fault = cluster?.modelFaults.first { fault in
      fault.examples.contains { objects.contains($0.key) }
    }
    guard let fault else { throw Obstacle("The last comparison showed no difference.") }
    let place = fault.namespace.map { " of namespace \($0)" } ?? ""
    return plan(
      "List \(fault.kind)\(place) again, and compare",
      for: finding,
      because:
        "The kind was listed again when the difference was found; the next comparison, within "
        + "ten minutes, tells whether that helped. This asks now.",
      steps: [.relist(fault.kind, namespace: fault.namespace)],
      disruption: .none,
      impacts: [],
      undo: "Nothing to take back: nothing is changed.",
      confirmation: .key("y")
    )
  }
}
