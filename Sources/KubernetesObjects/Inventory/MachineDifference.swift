/// Something that a CMDB and a Node say differently.
package struct MachineDifference: Hashable, Sendable {
  /// What differs, in a word: `zone`.
  package let attribute: String
  /// The Node's field.
  package let path: String
  /// Empty where the Node says nothing.
  package let nodeValue: String
  package let recordValue: String
  /// The label that holds it, where a label does.
  package let label: String?
}

extension InventoryMachine {
  /// What the record and a Node that is this machine say differently.
  package func differences(from node: Node) -> [MachineDifference] {
    var differences = [
      servesOtherCluster
        ? MachineDifference(
          attribute: "cluster",
          path: "cluster",
          nodeValue: "this one",
          recordValue: machine.cluster,
          label: nil
        ) : nil,
      addressDifference(from: node),
      identity("providerID", "spec.providerID", node.providerID, machine.providerID),
    ]
    if !MachineUUID.areSame(node.systemUUID, machine.systemUUID) {
      differences.append(
        identity("systemUUID", "status.nodeInfo.systemUUID", node.systemUUID, machine.systemUUID)
      )
    }
    differences += [
      difference("owner", labels.owner, machine.owner, from: node),
      difference("rack", labels.rack, machine.rack, from: node),
      difference("serial", labels.serial, machine.serial, from: node),
      difference("zone", labels.zone, machine.zone, from: node),
    ]
    if labels.zone == nil, node.metadata.labels[NodeLabelNames.wellKnownZone] != nil {
      differences.append(
        difference("zone", NodeLabelNames.wellKnownZone, machine.zone, from: node)
      )
    }
    return differences.compactMap(\.self)
  }

  /// That none of the record's addresses of a family is the Node's; it may have others besides, as
  /// that of its management controller.
  private func addressDifference(from node: Node) -> MachineDifference? {
    for isVersion4 in [true, false] {
      let recorded = machine.addresses.filter { $0.isVersion4 == isVersion4 }
      let actual = node.addresses.filter { $0.isVersion4 == isVersion4 }
      guard !recorded.isEmpty, !actual.isEmpty, Set(recorded).isDisjoint(with: actual) else {
        continue
      }
      return MachineDifference(
        attribute: "address",
        path: "status.addresses",
        nodeValue: actual.map(\.description).joined(separator: ", "),
        recordValue: recorded.map(\.description).joined(separator: ", "),
        label: nil
      )
    }
    return nil
  }

  private func identity(
    _ attribute: String,
    _ path: String,
    _ nodeValue: String,
    _ recordValue: String
  ) -> MachineDifference? {
    guard !nodeValue.isEmpty, !recordValue.isEmpty,
      nodeValue.lowercased() != recordValue.lowercased()
    else { return nil }
    return MachineDifference(
      attribute: attribute,
      path: path,
      nodeValue: nodeValue,
      recordValue: recordValue,
      label: nil
    )
  }

  private func difference(
    _ attribute: String,
    _ label: String?,
    _ recordValue: String,
    from node: Node
  ) -> MachineDifference? {
    guard let label, !recordValue.isEmpty else { return nil }
    let nodeValue = node.metadata.labels[label] ?? ""
    guard nodeValue.lowercased() != recordValue.lowercased() else { return nil }
    return MachineDifference(
      attribute: attribute,
      path: "metadata.labels[\(label)]",
      nodeValue: nodeValue,
      recordValue: recordValue,
      label: label
    )
  }
}

/// The UUID that firmware gives a machine.
package enum MachineUUID {
  /// Whether two texts may mean one machine: firmware before SMBIOS 2.6 wrote the first three
  /// groups with their bytes in the other order, and so what reads them differs.
  package static func areSame(_ left: String, _ right: String) -> Bool {
    !spellings(of: left).isDisjoint(with: spellings(of: right))
  }

  /// The ways in which the same UUID may be written, in small letters; none of an empty one.
  package static func spellings(of text: String) -> Set<String> {
    let text = text.lowercased()
    guard !text.isEmpty else { return [] }
    let groups = text.split(separator: "-")
    guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return [text] }
    let swapped = groups.prefix(3).map(swappingBytes) + groups.dropFirst(3).map(String.init)
    return [text, swapped.joined(separator: "-")]
  }

  private static func swappingBytes(_ digits: Substring) -> String {
    let digits = Array(digits)
    return stride(from: digits.count - 2, through: 0, by: -2)
      .map { String(digits[$0...$0 + 1]) }.joined()
  }
}
