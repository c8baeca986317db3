package import WireFormats

/// An EndpointSlice, as far as checks read it.
package struct EndpointSlice: TypedRecord {
  package struct Endpoint: Hashable, Sendable {
    /// The first address, which stands for all; `nil` where it is a host name.
    package var address: IPAddress?
    /// What has the address, most often a Pod.
    package var target: ObjectMention?
    /// Whether requests are sent to it; a slice that does not say so means yes.
    package var isReady = true
    package var isTerminating = false

    package init() {}
  }

  package struct Port: Hashable, Sendable {
    package var name = ""
    package var portProtocol = "TCP"
    /// 0 for all ports.
    package var number: UInt16 = 0

    package init() {}
  }

  package static let kind = ObjectKind("EndpointSlice", group: "discovery.k8s.io")

  package static let references: [ReferenceRule<EndpointSlice>] = [
    ReferenceRule(
      .endpointService,
      toNeighbours: Service.kind,
      path: "metadata.labels[kubernetes.io/service-name]"
    ) { [$0.serviceName] },
    ReferenceRule(.endpointTarget, path: "endpoints.targetRef") { slice in
      slice.endpoints.compactMap { $0.target?.key.map(VertexID.object) }
    },
  ]

  package var metadata: ObjectMetadata
  package var endpoints: [Endpoint] = []
  package var ports: [Port] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Empty where it belongs to no Service.
  package var serviceName: String { metadata.labels["kubernetes.io/service-name"] ?? "" }

  /// When that happened which its controller last wrote it for; `nil` where nobody tells.
  package var lastChange: Timestamp? {
    metadata.annotations["endpoints.kubernetes.io/last-change-trigger-time"]
      .flatMap { Timestamp(rfc3339: $0) }
  }

  /// Its endpoints care whether they are listed, its Service for all.
  package func looksEqual(to old: EndpointSlice, over relation: Relation) -> Bool {
    relation != .endpointService && isAsPresent(as: old)
  }
}

extension EndpointSlice {
  package enum Field: Int, ObjectField {
    case endpoints = 2, ports
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .endpoints: try reader.append(to: &endpoints)
    case .ports: try reader.append(to: &ports)
    }
  }
}

extension EndpointSlice.Endpoint: FieldReadable {
  private enum Field: Int, WireField {
    case addresses = 1, conditions, targetRef = 4
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `discovery.v1.EndpointConditions`.
  private enum ConditionsField: Int, WireField {
    case ready = 1, terminating = 3
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .addresses:
        try reader.beginArray()
        while try reader.nextElement() {
          let text = try reader.string()
          if address == nil { address = IPAddress(text) }
        }
      case .conditions:
        try reader.beginObject()
        while let field = try reader.nextField(ConditionsField.self) {
          switch field {
          case .ready: isReady = try reader.boolean()
          case .terminating: isTerminating = try reader.boolean()
          }
        }
      case .targetRef: target = try ObjectMention(reading: &reader)
      }
    }
  }
}

extension EndpointSlice.Port: FieldReadable {
  private enum Field: Int, WireField {
    case name = 1, `protocol`, port
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .protocol: portProtocol = try reader.string(orIfEmpty: "TCP")
      case .port: number = try reader.port()
      }
    }
  }
}
