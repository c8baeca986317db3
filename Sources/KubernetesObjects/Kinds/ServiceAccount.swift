package import WireFormats

/// A ServiceAccount, as far as checks read it.
package struct ServiceAccount: TypedRecord {
  package static let kind = ObjectKind("ServiceAccount")

  package static let references: [ReferenceRule<ServiceAccount>] = [
    ReferenceRule(.accountSecret, toNeighbours: Secret.kind, path: "secrets") { $0.secrets },
    ReferenceRule(.pullSecret, toNeighbours: Secret.kind, path: "imagePullSecrets") {
      $0.pullSecrets
    },
  ]

  package var metadata: ObjectMetadata
  package var secrets: [String] = []
  package var pullSecrets: [String] = []
  /// Whether Pods get its token unless they say otherwise; `nil` where it does not say.
  package var mountsToken: Bool?

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Its Pods care for what they get from it.
  package func looksEqual(to old: ServiceAccount, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    return relation == .serviceAccount
      ? mountsToken == old.mountsToken && pullSecrets == old.pullSecrets : true
  }
}

extension ServiceAccount {
  package enum Field: Int, ObjectField {
    case secrets = 2, imagePullSecrets, automountServiceAccountToken
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .secrets:
      try reader.append(to: &secrets) { reader throws(WireError) in
        try ObjectMention(reading: &reader).name
      }
    case .imagePullSecrets: try reader.append(namesTo: &pullSecrets)
    case .automountServiceAccountToken: mountsToken = try reader.boolean()
    }
  }
}
