package import WireFormats

/// A CustomResourceDefinition, as far as checks read it.
package struct CustomResourceDefinition: TypedRecord {
  package struct Version: Hashable, Sendable {
    package var name = ""
    package var isServed = false
    /// Whether objects are stored in this version.
    package var isStored = false
    /// Whether the status is written apart from the rest, so that writing it is no new generation.
    package var hasOwnStatus = false

    package init() {}
  }

  package static let kind = ObjectKind("CustomResourceDefinition", group: "apiextensions.k8s.io")

  package static let references: [ReferenceRule<CustomResourceDefinition>] = [
    ReferenceRule(.webhook, path: "spec.conversion.webhook.clientConfig.service") { definition in
      definition.conversionWebhook?.vertices ?? []
    }
  ]

  package var metadata: ObjectMetadata
  package var definedKind = ObjectKind("")
  package var versions: [Version] = []
  /// Who converts objects between versions; `nil` where nobody needs to.
  package var conversionWebhook: WebhookClient?
  package var conditions: [Condition] = []
  /// The versions that objects may still be stored in.
  package var storedVersions: [String] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Whether any version is served; an unserved kind cannot be listed.
  package var isServed: Bool { versions.contains(where: \.isServed) }

  package var hasOwnStatus: Bool { versions.contains(where: \.hasOwnStatus) }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// Its instances care whether it is there and served.
  package func looksEqual(to old: CustomResourceDefinition, over relation: Relation) -> Bool {
    relation == .webhook
      ? conversionWebhook == old.conversionWebhook && isAsPresent(as: old)
      : isAsPresent(as: old) && isServed == old.isServed && definedKind == old.definedKind
        && hasOwnStatus == old.hasOwnStatus
  }
}

extension CustomResourceDefinition {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case group = 1, names = 3, versions = 7, conversion = 9
    static let fieldNames = FieldNames<Self>()
  }

  private enum NamesField: Int, WireField {
    case kind = 4
    static let fieldNames = FieldNames<Self>()
  }

  private enum ConversionField: Int, WireField {
    case webhook = 2
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `apiextensions.v1.WebhookConversion`.
  private enum WebhookField: Int, WireField {
    case clientConfig = 2
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case conditions = 1, storedVersions = 3
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status:
      try reader.beginObject()
      while let field = try reader.nextField(StatusField.self) {
        switch field {
        case .conditions: try reader.append(to: &conditions, as: DenseConditionField.self)
        case .storedVersions: try reader.append(to: &storedVersions)
        }
      }
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    var group = ""
    var name = ""
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .group: group = try reader.string()
      case .names:
        try reader.beginObject()
        while try reader.nextField(NamesField.self) != nil { name = try reader.string() }
      case .versions: try reader.append(to: &versions)
      case .conversion: try readConversion(from: &reader)
      }
    }
    definedKind = ObjectKind(name, group: group)
  }

  private mutating func readConversion(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(ConversionField.self) != nil {
      try reader.beginObject()
      while try reader.nextField(WebhookField.self) != nil {
        conversionWebhook = try WebhookClient(reading: &reader)
      }
    }
  }
}

extension CustomResourceDefinition.Version: FieldReadable {
  private enum Field: Int, WireField {
    case name = 1, served, storage, subresources = 5
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `apiextensions.v1.CustomResourceSubresources`.
  private enum SubresourcesField: Int, WireField {
    case status = 1
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .served: isServed = try reader.boolean()
      case .storage: isStored = try reader.boolean()
      case .subresources:
        try reader.beginObject()
        while try reader.nextField(SubresourcesField.self) != nil {
          hasOwnStatus = true
          try reader.skip()
        }
      }
    }
  }
}
