/// The machines of one CMDB, found by what a Node is known by.
package struct MachineTable: Sendable {
  package let machines: [RegisteredMachine]
  private let labels: NodeLabelNames
  /// The machines' positions by what they are known by, in small letters.
  private var positions: [Identity: [Int]] = [:]
  private var positionsByCluster: [String: [Int]] = [:]

  private enum Field: Hashable { case providerID, systemUUID, hostName, address }

  private struct Identity: Hashable {
    let field: Field
    let value: String
  }

  /// Of records with one host name, all but the first are told apart by their places.
  package init(_ machines: [RegisteredMachine], labels: NodeLabelNames = NodeLabelNames()) {
    var named: Set<String> = []
    var all = machines
    for index in all.indices {
      let parts = [all[index].hostname, all[index].serial, all[index].systemUUID]
      let name = parts.first { !$0.isEmpty } ?? "record \(index + 1)"
      all[index].name = named.insert(name).inserted ? name : "\(name) (record \(index + 1))"
    }
    self.machines = all
    self.labels = labels
    for (index, machine) in all.enumerated() {
      for identity in Self.identities(of: machine) {
        positions[identity, default: []].append(index)
      }
      if !machine.cluster.isEmpty {
        positionsByCluster[machine.cluster, default: []].append(index)
      }
    }
  }

  /// Whether any machine serves the cluster of this name.
  package func knows(cluster: String) -> Bool { positionsByCluster[cluster] != nil }

  /// The positions of the machines that serve the cluster.
  package func positions(inCluster cluster: String) -> [Int] { positionsByCluster[cluster] ?? [] }

  /// The positions of the machines that a Node may be, by the identity that says most of those that
  /// both have.
  package func positions(of node: Node, inCluster cluster: String) -> [Int] {
    for identities in Self.identities(of: node) {
      let found = identities.flatMap { positions[$0] ?? [] }.filter { fits(machines[$0], node) }
      guard !found.isEmpty else { continue }
      // Where several fit, those of another cluster are other machines.
      let near = found.filter { ["", cluster].contains(machines[$0].cluster) }
      return Array(Set(near.isEmpty ? found : near)).sorted()
    }
    return []
  }

  /// A machine as a vertex of the cluster's graph.
  package func record(
    at position: Int,
    in inventory: String,
    ofCluster cluster: String,
    nodes: [String]
  ) -> InventoryMachine {
    let machine = machines[position]
    return InventoryMachine(
      machine,
      in: inventory,
      labels: labels,
      servesCluster: machine.cluster == cluster,
      servesOtherCluster: !["", cluster].contains(machine.cluster) && knows(cluster: cluster),
      nodes: nodes
    )
  }
}

// MARK: - Matching

extension MachineTable {
  private static func identities(of machine: RegisteredMachine) -> [Identity] {
    names([machine.hostname]) + uuids(machine.systemUUID) + provider(machine.providerID)
      + machine.addresses.map { Identity(field: .address, value: $0.description) }
  }

  /// What a Node is known by, that which says most first.
  private static func identities(of node: Node) -> [[Identity]] {
    [
      provider(node.providerID), uuids(node.systemUUID), names(hostNames(of: node)),
      node.addresses.map { Identity(field: .address, value: $0.description) },
    ]
  }

  private static func provider(_ text: String) -> [Identity] {
    text.isEmpty ? [] : [Identity(field: .providerID, value: text.lowercased())]
  }

  private static func uuids(_ text: String) -> [Identity] {
    MachineUUID.spellings(of: text).map { Identity(field: .systemUUID, value: $0) }
  }

  /// Host names are filed under what stands before their domains.
  private static func names(_ names: [String]) -> [Identity] {
    names.filter { !$0.isEmpty }.map { Identity(field: .hostName, value: HostName($0).first) }
  }

  private static func hostNames(of node: Node) -> [String] {
    let label = node.metadata.labels["kubernetes.io/hostname"]
    return [node.metadata.name] + (label.map { $0 == node.metadata.name ? [] : [$0] } ?? [])
  }

  /// Whether nothing that both say about the machine's name is against it.
  ///
  /// What was found by an identity of another kind has no need of a name.
  private func fits(_ machine: RegisteredMachine, _ node: Node) -> Bool {
    let names = Self.hostNames(of: node).map { HostName($0) }
    guard !machine.hostname.isEmpty,
      names.contains(where: { $0.first == HostName(machine.hostname).first })
    else { return true }
    return names.contains { $0.mayBe(HostName(machine.hostname)) }
  }
}

/// The name of a machine, with its domain or without.
package struct HostName: Hashable, Sendable {
  private let text: String
  /// What stands before the domain.
  let first: String

  package init(_ text: String) {
    self.text = text.lowercased()
    let isAddress = IPAddress(text) != nil
    first = isAddress ? self.text : String(self.text.prefix { $0 != "." })
  }

  /// Whether both may name one machine: they are the same, or one of them lacks the domain.
  package func mayBe(_ other: HostName) -> Bool {
    text == other.text || first == other.first && (text == first || other.text == other.first)
  }
}
