import ClusterGraph
package import Inventories
import KubernetesObjects
import UserConfiguration

/// An inventory as one cluster is held against it.
struct HeldInventory {
  var status: InventoryStatus
  var content: InventoryContent?
}

extension ClusterMonitor {
  /// Takes in what has changed of an inventory.
  package func take(_ update: InventoryUpdate) {
    guard let index = inventories.firstIndex(where: { $0.status.name == update.status.name }) else {
      return
    }
    inventories[index].status = update.status
    if let content = update.content {
      inventories[index].content = content
      let (contents, cluster) = (inventories.map(\.content), name)
      let kind = Self.kind(of: update.status.kind)
      let addresses = serverAddresses
      self.update { graph, touched in
        graph.setInventories(
          contents,
          ofCluster: cluster,
          serverAddresses: addresses,
          changed: [kind],
          touching: &touched
        )
      }
    }
    for kind in inventoryKinds {
      let knowledge = inventoryKnowledge(of: kind)
      self.update { $0.setKnowledge(of: kind, to: knowledge, touching: &$1) }
    }
    didChange()
  }

  /// The kinds of what configured inventories tell of.
  var inventoryKinds: [ObjectKind] {
    let kinds = Set(inventories.map { Self.kind(of: $0.status.kind) })
    return kinds.sorted()
  }

  /// What several inventories come to: where one of them is silent, nothing is known to be missing.
  private func inventoryKnowledge(of kind: ObjectKind) -> Knowledge {
    let reasons = inventories.map(\.status).filter { Self.kind(of: $0.kind) == kind }
      .compactMap(\.notInspectedReason)
    return reasons.first.map(Knowledge.unknown) ?? .known
  }

  private static func kind(of kind: InventorySettings.Kind) -> ObjectKind {
    switch kind {
    case .cmdb: InventoryMachine.kind
    case .ipam: InventoryAddress.kind
    }
  }

  /// The address that the API server is reached at, where it is reached by one.
  private var serverAddresses: Set<IPAddress> {
    let authority = source.server.split(separator: "/").dropFirst().first ?? ""
    let host =
      authority.first == "["
      ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
    return IPAddress(String(host)).map { [$0] } ?? []
  }
}
