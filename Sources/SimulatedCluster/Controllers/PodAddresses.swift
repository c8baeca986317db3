import WireFormats

/// The addresses that a node gives its Pods.
enum PodAddresses {
  /// The lowest address of the node's podCIDR that nobody has; `nil` if it has no CIDR or all are taken.
  static func free(on node: StoredObject, besides taken: Set<String>) -> String? {
    guard let cidr = node.value[path: "spec", "podCIDR"]?.stringValue else { return nil }
    let parts = cidr.split(separator: "/")
    let bytes = parts[0].split(separator: ".").compactMap { UInt32($0) }
    guard parts.count == 2, bytes.count == 4, let length = UInt32(parts[1]), length <= 30 else {
      return nil
    }
    let base = bytes.reduce(0) { $0 << 8 | $1 }
    let size = UInt32(1) << (32 - length)
    // The first address is the network's, the second the node's own, the last the broadcast's.
    return (2..<(size - 1)).lazy.map { text(base + $0) }.first { !taken.contains($0) }
  }

  private static func text(_ address: UInt32) -> String {
    [24, 16, 8, 0].map { String(address >> $0 & 255) }.joined(separator: ".")
  }
}

/// What several controllers ask of a Node.
enum NodeReading {
  static func address(of node: StoredObject) -> JSONValue? {
    node.value[path: "status", "addresses"]?.arrayValue?
      .first { $0["type"] == "InternalIP" }?["address"]
  }
}
