import WireFormats

/// Where the API server sends a webhook's requests: to a Service, or to a URL.
package struct WebhookClient: Hashable, Sendable {
  /// Empty where it is a URL.
  package var namespace = ""
  package var service = ""
  package var port = 443
  /// Empty where it is a Service.
  package var url = ""
  /// When the certificates that its own is checked against are valid; `nil` where none are given.
  package var authority: CertificateValidity?

  package init() {}

  /// The Service's vertex, if it is one.
  var vertices: [VertexID] { .named(service, Service.kind, in: namespace) }
}

extension WebhookClient {
  /// Messages `admissionregistration.v1.WebhookClientConfig` and `apiextensions.v1.WebhookClientConfig`.
  private enum Field: Int, WireField {
    case service = 1, caBundle, url
    static let fieldNames = FieldNames<Self>()
  }

  /// Messages `admissionregistration.v1.ServiceReference` and `apiextensions.v1.ServiceReference`.
  private enum ServiceField: Int, WireField {
    case namespace = 1, name, port = 4
    static let fieldNames = FieldNames<Self>()
  }

  init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .service: try readService(from: &reader)
      case .caBundle: authority = CertificateValidity(ofAuthorities: try reader.data())
      case .url: url = try reader.string()
      }
    }
  }

  private mutating func readService(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(ServiceField.self) {
      switch field {
      case .namespace: namespace = try reader.string()
      case .name: service = try reader.string()
      case .port: port = try reader.count()
      }
    }
  }
}
