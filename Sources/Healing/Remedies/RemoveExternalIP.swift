import ClusterGraph
import Inspection
import KubernetesObjects
import WireFormats

/// Takes an address that is somebody else's out of a Service's `externalIPs`.
struct RemoveExternalIP: PlanningRemedy {
  let id: RemedyID = "remove-external-ip"
  let title = "Remove the address from the Service's externalIPs"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    guard case .address(let address) = finding.subject else {
      throw Obstacle("The finding is about no address.")
    }
    // The first is the youngest where several have it.
    let services = finding.evidence.filter { $0.path == "spec.externalIPs" }
      .compactMap { $0.source.objectKey.flatMap(graph.record) as? Service }
      .filter { !$0.metadata.isTerminating }
    for service in services {
      guard let index = service.externalAddresses.firstIndex(of: address) else { continue }
      return plan(of: service, without: address, at: index, for: finding)
    }
    throw Obstacle("No Service takes requests for \(address) any more.")
  }

  private func plan(
    of service: Service,
    without address: IPAddress,
    at index: Int,
    for finding: Finding
  ) -> HealPlan {
    let path = JSONValue.string("/spec/externalIPs/\(index)")
    let name = service.key.qualifiedName
    return plan(
      "Remove \(address) from the externalIPs of Service \(name)",
      for: finding,
      because: "Requests for \(address) then reach whom the address belongs to.",
      steps: [
        .json(
          [
            ["op": "test", "path": path, "value": .string(address.description)],
            ["op": "remove", "path": path],
          ],
          on: service.key,
          uid: service.metadata.uid
        )
      ],
      disruption: .outage,
      impacts: [.init(.object(service.key), "gets no more requests for \(address)")],
      undo: "By hand: add \(address) to spec.externalIPs of the Service again.",
      confirmation: .typing(service.metadata.name)
    )
  }
}
