package import WireFormats

/// A Node, as far as checks read it.
package struct Node: TypedRecord {
  package struct Taint: Hashable, Sendable {
    package var key = ""
    package var value = ""
    package var effect = ""
    package var timeAdded: Timestamp?

    package init() {}
  }

  package static let kind = ObjectKind("Node")
  /// The label that tells the zone that a Node is in; Kubernetes copies it to the Node's Pods.
  package static let zoneLabel = "topology.kubernetes.io/zone"

  package static let references: [ReferenceRule<Node>] = [
    ReferenceRule(.nodeAddress, path: "status.addresses") { node in
      node.addresses.map(VertexID.address)
    },
    ReferenceRule(.hostName, path: "metadata.labels[kubernetes.io/hostname]") { node in
      node.metadata.labels["kubernetes.io/hostname"].map { [.shared(.hostName, $0)] } ?? []
    },
    ReferenceRule(.podRange, path: "spec.podCIDRs") { node in
      node.podCIDRs.flatMap(\.parts).map { .shared(.podRange, $0.description) }
    },
    identity("spec.providerID", "providerID", \.providerID),
    identity("status.nodeInfo.systemUUID", "systemUUID", \.systemUUID),
    identity("status.nodeInfo.machineID", "machineID", \.machineID),
  ]

  package var metadata: ObjectMetadata
  package var isUnschedulable = false
  package var podCIDRs: [IPPrefix] = []
  package var taints: [Taint] = []
  package var conditions: [Condition] = []
  /// Its internal and external addresses.
  package var addresses: [IPAddress] = []
  /// What its Pods may ask for in all.
  package var allocatable = ResourceAmounts()
  /// The version of its kubelet: `v1.36.2`.
  package var kubeletVersion = ""
  package var providerID = ""
  package var systemUUID = ""
  package var machineID = ""

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// The condition `Ready`; `nil` until a kubelet or the node lifecycle controller set it.
  package var ready: Condition? { conditions["Ready"] }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    allocatable.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// Its Pods care whether it is there, ready and open to them; kubelets write much else.
  package func looksEqual(to old: Node, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    switch relation {
    case .node:
      return ready?.status == old.ready?.status && isUnschedulable == old.isUnschedulable
        && addresses == old.addresses
    case .machine:
      return providerID == old.providerID && systemUUID == old.systemUUID
        && metadata.labels == old.metadata.labels
    case .nodeAddress: return metadata.labels == old.metadata.labels
    case .podRange: return podCIDRs == old.podCIDRs
    case .attachedNode, .volumeNode: return ready?.status == old.ready?.status
    case .event, .hostName, .machineRecord, .nodeRecord: return true
    default: return false
    }
  }

  package func moments(since old: Node) -> [Moment.Kind] {
    ready?.status == old.ready?.status ? [] : [.readinessChange]
  }

  private static func identity(
    _ path: String,
    _ label: String,
    _ value: @escaping @Sendable (Node) -> String
  ) -> ReferenceRule<Node> {
    ReferenceRule(.machine, path: path) { node in
      let value = value(node)
      return value.isEmpty ? [] : [.shared(.machine, "\(label) \(value)")]
    }
  }
}

extension Node {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case podCIDR = 1, providerID = 3, unschedulable, taints, podCIDRs = 7
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case allocatable = 2, conditions = 4, addresses, nodeInfo = 7
    static let fieldNames = FieldNames<Self>()
  }

  private enum AddressField: Int, WireField {
    case type = 1, address
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.NodeSystemInfo`.
  private enum InfoField: Int, WireField {
    case machineID = 1, systemUUID, kubeletVersion = 7
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status: try readStatus(from: &reader)
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .podCIDR: insert(IPPrefix(try reader.string()))
      case .providerID: providerID = try reader.string()
      case .unschedulable: isUnschedulable = try reader.boolean()
      case .taints: try reader.append(to: &taints)
      case .podCIDRs:
        try reader.beginArray()
        while try reader.nextElement() { insert(IPPrefix(try reader.string())) }
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .allocatable: try allocatable.append(reading: &reader)
      case .conditions: try reader.append(to: &conditions)
      case .addresses:
        try reader.beginArray()
        while try reader.nextElement() { try readAddress(from: &reader) }
      case .nodeInfo: try readInfo(from: &reader)
      }
    }
  }

  /// Adds an internal or external address; host names are none.
  private mutating func readAddress(from reader: inout FieldReader) throws(WireError) {
    var type = ""
    var address: IPAddress?
    try reader.beginObject()
    while let field = try reader.nextField(AddressField.self) {
      switch field {
      case .type: type = try reader.string()
      case .address: address = IPAddress(try reader.string())
      }
    }
    guard type.hasSuffix("IP"), let address, !addresses.contains(address) else { return }
    addresses.append(address)
  }

  private mutating func readInfo(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(InfoField.self) {
      switch field {
      case .machineID: machineID = try reader.string()
      case .systemUUID: systemUUID = try reader.string()
      case .kubeletVersion: kubeletVersion = try reader.string()
      }
    }
  }

  /// Adds a range once: `podCIDR` stands in `podCIDRs` again.
  private mutating func insert(_ prefix: IPPrefix?) {
    guard let prefix, !podCIDRs.contains(prefix) else { return }
    podCIDRs.append(prefix)
  }
}

extension Node.Taint: FieldReadable {
  private enum Field: Int, WireField {
    case key = 1, value, effect, timeAdded
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .key: key = try reader.string()
      case .value: value = try reader.string()
      case .effect: effect = try reader.string()
      case .timeAdded: timeAdded = try reader.timestamp()
      }
    }
  }
}
