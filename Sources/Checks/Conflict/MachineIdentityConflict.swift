import Inspection
import KubernetesObjects

/// Finds machines that two Nodes say they are.
struct MachineIdentityConflict: Check {
  let id: CheckID = "conflict/machine-identity"
  let title = "Two Nodes are one machine"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let explanation = """
    Two Nodes have one providerID, systemUUID or machineID. Either one machine has registered twice, \
    most often under a new host name, and the old Node only counts as lost; or machines were cloned \
    with their identity, and what tells machines apart by it (cloud controllers, volume drivers, \
    DHCP) mistakes one for the other. A machineID alone is a warning. Delete the Node whose machine \
    is gone, or give clones identities of their own. \
    Verify: kubectl get nodes -o custom-columns=\
    NAME:.metadata.name,UUID:.status.nodeInfo.systemUUID,ID:.spec.providerID
    """

  /// What firmware says that knows no identity.
  private static let meaningless: Set<String> = [
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "03000200-0400-0500-0006-000700080009", "12345678-1234-5678-90ab-cddeefaabbcc",
    "00020003-0004-0005-0006-000700080009",
  ]

  func inspect(_ subject: MachineSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .machine) > 1 else { return [] }
    let nodes = cluster.referrers(Node.self, over: .machine)
      .filter { !$0.isVirtual && !$0.metadata.isTerminating }.youngestFirst()
    let parts = subject.name.split(separator: " ", maxSplits: 1).map(String.init)
    guard nodes.count > 1, parts.count == 2, !Self.meaningless.contains(parts[1].lowercased()),
      !isSharedMoreClosely(nodes, than: parts[0])
    else { return [] }
    let path = parts[0] == "providerID" ? "spec.providerID" : "status.nodeInfo.\(parts[0])"
    return [
      Observation(
        "\(nodes.count) Nodes have \(parts[0]) \(parts[1]): \(nodes.names)",
        evidence: nodes.map { Evidence($0.id, path, parts[1]) },
        subject: nodes[0].id,
        related: nodes.dropFirst().map(\.id),
        beginning: .notBefore(nodes[0].metadata.creationTimestamp),
        severity: parts[0] == "machineID" ? .warning : nil,
        discriminator: subject.name
      )
    ]
  }

  /// Whether the same Nodes share an identity that says more, too, and are reported for that.
  private func isSharedMoreClosely(_ nodes: [Node], than kind: String) -> Bool {
    func isShared(_ identity: (Node) -> String) -> Bool {
      let values = Set(nodes.map(identity))
      return values.count == 1 && values.isDisjoint(with: Self.meaningless.union([""]))
    }
    switch kind {
    case "providerID": return false
    case "systemUUID": return isShared(\.providerID)
    default: return isShared(\.providerID) || isShared { $0.systemUUID.lowercased() }
    }
  }
}
