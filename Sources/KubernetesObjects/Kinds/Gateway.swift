package import WireFormats

/// A Gateway of `gateway.networking.k8s.io`, as far as checks read it; servers send it as JSON alone.
package struct Gateway: TypedRecord {
  package struct Listener: Hashable, Sendable {
    package var name = ""
    /// Empty for all hosts.
    package var host = ""
    package var port = 0
    package var portProtocol = ""
    /// The Secrets with its certificates, in the Gateway's own namespace where they name none.
    package var certificates: [ObjectMention] = []

    package init() {}
  }

  package static let kind = ObjectKind("Gateway", group: "gateway.networking.k8s.io")
  package static let classKind = ObjectKind("GatewayClass", group: "gateway.networking.k8s.io")

  package static let references: [ReferenceRule<Gateway>] = [
    .definition(plural: "gateways"),
    ReferenceRule(.gatewayClass, to: classKind, path: "spec.gatewayClassName") { $0.className },
    ReferenceRule(.certificate, path: "spec.listeners.tls.certificateRefs") { gateway in
      gateway.listeners.flatMap(\.certificates).compactMap { mention in
        mention.key(defaultKind: Secret.kind, namespace: gateway.metadata.namespace)
          .map(VertexID.object)
      }
    },
    ReferenceRule(.grant, path: "spec.listeners.tls.certificateRefs.namespace") { gateway in
      gateway.listeners.flatMap(\.certificates).flatMap { mention in
        ReferenceGrant.vertices(
          from: kind,
          in: gateway.metadata.namespace,
          to: mention,
          defaultKind: Secret.kind
        )
      }
    },
  ]

  package var metadata: ObjectMetadata
  package var className = ""
  package var listeners: [Listener] = []
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// Its routes care for its listeners; what its status counts is no business of theirs.
  package func looksEqual(to old: Gateway, over relation: Relation) -> Bool {
    relation == .gateway || relation == .grant
      ? isAsPresent(as: old) && listeners == old.listeners : isAsPresent(as: old)
  }
}

extension Gateway {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case gatewayClassName = 1, listeners
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    switch field {
    case .spec:
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .gatewayClassName: className = try reader.string()
        case .listeners: try reader.append(to: &listeners)
        }
      }
    case .status:
      while try reader.nextField(StatusField.self) != nil { try reader.append(to: &conditions) }
    }
  }
}

extension Gateway.Listener: FieldReadable {
  private enum Field: Int, WireField {
    case name = 1, hostname, port, `protocol`, tls
    static let fieldNames = FieldNames<Self>()
  }

  private enum SecurityField: Int, WireField {
    case certificateRefs = 1
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .hostname: host = try reader.string()
      case .port: port = try reader.count()
      case .protocol: portProtocol = try reader.string(orIfEmpty: "TCP")
      case .tls:
        try reader.beginObject()
        while try reader.nextField(SecurityField.self) != nil {
          try reader.append(to: &certificates) { reader throws(WireError) in
            try GatewayMention(reading: &reader).object
          }
        }
      }
    }
  }
}
