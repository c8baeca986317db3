package import WireFormats

/// A Secret, as far as checks read it: its type and the names of its keys, never its values.
///
/// Of the certificate in `tls.crt` its times are kept; it is what its holder shows to everybody.
package struct Secret: TypedRecord {
  package static let kind = ObjectKind("Secret")
  package static let references: [ReferenceRule<Secret>] = []
  /// The annotation in which `kubectl apply` keeps the whole object, values included.
  package static let copyOfItself = "kubectl.kubernetes.io/last-applied-configuration"

  package var metadata: ObjectMetadata
  /// What it is for: `Opaque`, `kubernetes.io/tls` and so on.
  package var type = ""
  package var keys: [String] = []
  /// What keys and values take together, in bytes.
  package var byteCount = 0
  /// When the certificates in `tls.crt` are valid; `nil` where there are none.
  package var certificate: CertificateValidity?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&type)
    pool.share(&keys)
  }

  /// Those that use it care for its type and keys.
  package func looksEqual(to old: Secret, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    switch relation {
    case .event, .namespace: return true
    default: return type == old.type && keys == old.keys
    }
  }
}

extension Secret {
  package enum Field: Int, ObjectField {
    case data = 2, type
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .data:
      try reader.append(keysTo: &keys, sizesTo: &byteCount, certificateTo: &certificate)
    case .type: type = try reader.string()
    }
  }
}
