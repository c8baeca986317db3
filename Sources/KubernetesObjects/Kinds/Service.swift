package import WireFormats

/// A Service, as far as checks read it.
package struct Service: TypedRecord {
  package enum ServiceType: String, Sendable {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
    case externalName = "ExternalName"
  }

  package struct Port: Hashable, Sendable {
    package var name = ""
    package var portProtocol = "TCP"
    package var number: UInt16 = 0
    package var targetPort = IntegerOrString.integer(0)
    /// 0 where there is none.
    package var nodePort: UInt16 = 0

    package init() {}
  }

  package static let kind = ObjectKind("Service")

  package static let references: [ReferenceRule<Service>] = [
    ReferenceRule(.clusterAddress, path: "spec.clusterIPs") { service in
      service.clusterAddresses.map(VertexID.address)
    },
    ReferenceRule(.externalAddress, path: "spec.externalIPs") { service in
      service.externalAddresses.map(VertexID.address)
    },
    ReferenceRule(.loadBalancerAddress, path: "status.loadBalancer.ingress") { service in
      service.loadBalancer.addresses.map(VertexID.address)
    },
  ]

  package var metadata: ObjectMetadata
  package var type = ServiceType.clusterIP
  /// Empty for a Service whose endpoints somebody else writes.
  package var selector = Labels()
  package var ports: [Port] = []
  /// None for a headless Service.
  package var clusterAddresses: [IPAddress] = []
  package var isHeadless = false
  package var publishesNotReadyAddresses = false
  /// Addresses that Nodes take requests for, whoever brings them there.
  package var externalAddresses: [IPAddress] = []
  /// Whether requests from outside stay on the Node that they reach (`externalTrafficPolicy: Local`).
  package var keepsTrafficLocal = false
  package var loadBalancer = LoadBalancer()

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var selections: [Selection] {
    selector.isEmpty
      ? [] : [Selection(Pod.kind, by: LabelSelector(selector), path: "spec.selector")]
  }

  /// Pods care for its ports, and those that send to it for all but its load balancer.
  package func looksEqual(to old: Service, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    switch relation {
    case .event, .namespace: return true
    case .clusterAddress: return true
    case .externalAddress, .loadBalancerAddress: return type == old.type && ports == old.ports
    default:
      return type == old.type && ports == old.ports && selector == old.selector
        && isHeadless == old.isHeadless
        && publishesNotReadyAddresses == old.publishesNotReadyAddresses
    }
  }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&selector)
  }
}

extension Service {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case ports = 1, selector, clusterIP, type, externalIPs
    case externalTrafficPolicy = 11, publishNotReadyAddresses = 13
    case clusterIPs = 18
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case loadBalancer = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status:
      try reader.beginObject()
      while try reader.nextField(StatusField.self) != nil {
        loadBalancer = try LoadBalancer(reading: &reader)
      }
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .ports: try reader.append(to: &ports)
      case .selector: try selector.append(reading: &reader)
      case .type: type = ServiceType(rawValue: try reader.string()) ?? .clusterIP
      case .externalIPs:
        try reader.beginArray()
        while try reader.nextElement() {
          if let address = IPAddress(try reader.string()) { externalAddresses.append(address) }
        }
      case .externalTrafficPolicy: keepsTrafficLocal = try reader.string() == "Local"
      case .publishNotReadyAddresses: publishesNotReadyAddresses = try reader.boolean()
      case .clusterIP: insert(try reader.string())
      case .clusterIPs:
        try reader.beginArray()
        while try reader.nextElement() { insert(try reader.string()) }
      }
    }
  }

  /// Adds an address once: `clusterIP` stands in `clusterIPs` again.
  private mutating func insert(_ text: String) {
    if text == "None" { isHeadless = true }
    guard let address = IPAddress(text), !clusterAddresses.contains(address) else { return }
    clusterAddresses.append(address)
  }
}

extension Service.Port: FieldReadable {
  private enum Field: Int, WireField {
    case name = 1, `protocol`, port, targetPort, nodePort
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .protocol: portProtocol = try reader.string(orIfEmpty: "TCP")
      case .port: number = try reader.port()
      case .targetPort: targetPort = try reader.integerOrString()
      case .nodePort: nodePort = try reader.port()
      }
    }
  }
}
