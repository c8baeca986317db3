package import WireFormats

/// A Pod, as far as checks read it.
package struct Pod: TypedRecord {
  package enum Phase: String, Sendable {
    case pending = "Pending"
    case running = "Running"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case unknown = "Unknown"
  }

  package static let kind = ObjectKind("Pod")

  package static let references: [ReferenceRule<Pod>] = [
    ReferenceRule(.node, path: "spec.nodeName") { pod in
      pod.nodeKey.map { [.object($0)] } ?? []
    },
    ReferenceRule(.address, path: "status.podIPs") { pod in
      pod.claimedAddresses.map(VertexID.address)
    },
  ]

  package var metadata: ObjectMetadata
  /// The Node it is bound to; empty while it is not scheduled.
  package var nodeName = ""
  package var usesHostNetwork = false
  package var phase = Phase.pending
  package var addresses: [IPAddress] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&nodeName)
  }

  package var nodeKey: ObjectKey? {
    nodeName.isEmpty ? nil : ObjectKey(Node.kind, name: nodeName)
  }

  /// Whether it has ended; an ended Pod keeps its address in `status`, but no longer uses it.
  package var isFinished: Bool { phase == .succeeded || phase == .failed }

  /// The addresses that nobody else may have while this Pod lives.
  package var claimedAddresses: [IPAddress] { usesHostNetwork || isFinished ? [] : addresses }
}

extension Pod {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case nodeName = 10, hostNetwork
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case phase = 1, podIP = 6, podIPs = 12
    static let fieldNames = FieldNames<Self>()
  }

  private enum AddressField: Int, WireField {
    case ip = 1
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
      case .nodeName: nodeName = try reader.string()
      case .hostNetwork: usesHostNetwork = try reader.boolean()
      }
    }
  }

  private mutating func readStatus(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(StatusField.self) {
      switch field {
      case .phase: phase = Phase(rawValue: try reader.string()) ?? .unknown
      case .podIP: insert(IPAddress(try reader.string()))
      case .podIPs: try readAddresses(from: &reader)
      }
    }
  }

  private mutating func readAddresses(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while let field = try reader.nextField(AddressField.self) {
        switch field {
        case .ip: insert(IPAddress(try reader.string()))
        }
      }
    }
  }

  /// Adds an address once: `podIP` stands in `podIPs` again.
  private mutating func insert(_ address: IPAddress?) {
    guard let address, !addresses.contains(address) else { return }
    addresses.append(address)
  }
}
