package import WireFormats

/// An APIService, as far as checks read it.
package struct APIService: TypedRecord {
  package static let kind = ObjectKind("APIService", group: "apiregistration.k8s.io")

  package static let references: [ReferenceRule<APIService>] = [
    ReferenceRule(.webhook, path: "spec.service") { $0.client.vertices }
  ]

  package var metadata: ObjectMetadata
  /// The API group that it stands for; empty for the core group.
  package var group = ""
  package var version = ""
  /// Who serves it; the API server itself where no Service is named.
  package var client = WebhookClient()
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }
}

extension APIService {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  /// Message `apiregistration.v1.APIServiceSpec`, of kube-aggregator's `generated.proto`.
  private enum SpecField: Int, WireField {
    case service = 1, group, version, caBundle = 5
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `apiregistration.v1.ServiceReference`.
  private enum ServiceField: Int, WireField {
    case namespace = 1, name, port
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
        case .service: try readService(from: &reader)
        case .group: group = try reader.string()
        case .version: version = try reader.string()
        case .caBundle:
          client.authority = CertificateValidity(ofAuthorities: try reader.data())
        }
      }
    case .status:
      while try reader.nextField(StatusField.self) != nil {
        try reader.append(to: &conditions, as: DenseConditionField.self)
      }
    }
  }

  private mutating func readService(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(ServiceField.self) {
      switch field {
      case .namespace: client.namespace = try reader.string()
      case .name: client.service = try reader.string()
      case .port: client.port = try reader.count()
      }
    }
  }
}
