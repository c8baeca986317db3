package import WireFormats

/// A CertificateSigningRequest, as far as checks read it.
package struct CertificateSigningRequest: TypedRecord {
  package static let kind = ObjectKind("CertificateSigningRequest", group: "certificates.k8s.io")
  package static let references: [ReferenceRule<CertificateSigningRequest>] = []

  package var metadata: ObjectMetadata
  /// Who asks.
  package var username = ""
  package var signerName = ""
  /// `Approved`, `Denied`, `Failed`.
  package var conditions: [Condition] = []
  /// Whether the certificate is there.
  package var isIssued = false

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension CertificateSigningRequest {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case username = 2, signerName = 7
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 1, certificate
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    switch field {
    case .spec:
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .username: username = try reader.string()
        case .signerName: signerName = try reader.string()
        }
      }
    case .status:
      while let field = try reader.nextField(StatusField.self) {
        switch field {
        case .conditions: try reader.append(to: &conditions, as: RequestConditionField.self)
        case .certificate: isIssued = try reader.dataSize() > 0
        }
      }
    }
  }
}
