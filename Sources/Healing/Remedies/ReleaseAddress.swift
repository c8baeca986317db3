import ClusterGraph
import Inspection
import KubernetesObjects

/// Tells the IPAM that nobody has an address any more, where the configuration says how.
struct ReleaseAddress: PlanningRemedy {
  let id: RemedyID = "release-address"
  let title = "Release the address in the IPAM"

  /// A large IPAM is read for a while before it shows the change.
  private static let proofLimit = Duration.seconds(600)

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    guard let record = try graph.settledRecord(finding.subject) as? InventoryAddress else {
      throw Obstacle("\(finding.subject) is no address of an IPAM.")
    }
    let address = record.address
    guard let allocation = record.ownAllocation else {
      throw Obstacle("Address \(address) is not allocated to this cluster any more.")
    }
    let inventory = allocation.inventory
    guard let rule = graph.releaseRule(ofInventory: inventory) else {
      throw Obstacle(
        "How \(inventory) is told is not configured: see release of inventories in the configuration."
      )
    }
    guard let release = AddressRelease(rule, of: address, allocation) else {
      throw Obstacle(
        "\(inventory) does not tell by what its record of \(address) is known: see map of inventories."
      )
    }
    let canBeUndone = !release.request.undo.isEmpty
    return plan(
      "Release \(address) in \(inventory)",
      for: finding,
      because: "Nothing of this cluster that KPatrol sees has it, and it stays taken until it is "
        + "released.",
      steps: [.release(release)],
      disruption: .none,
      impacts: [
        .init(
          finding.subject,
          "may be given to others; what has it unseen by KPatrol, as a switched off machine, then "
            + "shares it"
        )
      ],
      undo: canBeUndone
        ? Instruction(HealStep.curl(release.request, sending: release.request.undo))
        : "By hand, in \(inventory): KPatrol does not keep what the record says.",
      confirmation: canBeUndone ? .key("y") : .typing(address.description),
      proofLimit: Self.proofLimit
    )
  }
}
