import WireFormats

/// A ConfigMap or Secret that a Pod reads, and what of it.
package struct ConfigurationReference: Hashable, Sendable {
  package enum Source: Sendable {
    case configMap, secret

    package var kind: ObjectKind { self == .configMap ? ConfigMap.kind : Secret.kind }
  }

  /// Where the Pod's spec names it.
  package enum Place: String, Sendable, CaseIterable {
    case volume = "volumes"
    case variable = "containers.env"
    case variables = "containers.envFrom"
  }

  package var source: Source
  package var place: Place
  package var name = ""
  /// The keys that must be there; none where everything is taken as it is.
  package var keys: [String] = []
  /// Whether the Pod starts without it, or without the keys.
  package var isOptional = false

  package init(_ source: Source, in place: Place, name: String = "") {
    self.source = source
    self.place = place
    self.name = name
  }
}

extension ConfigurationReference {
  /// Messages `core.v1.ConfigMapVolumeSource`, `ConfigMapProjection` and `SecretProjection`.
  private enum ItemsField: Int, WireField {
    case name = 1_001
    case items = 2, optional = 4
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.SecretVolumeSource`.
  private enum SecretVolumeField: Int, WireField {
    case secretName = 1, items, optional = 4
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.KeyToPath`.
  private enum ItemField: Int, WireField {
    case key = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Messages `core.v1.ConfigMapKeySelector` and `SecretKeySelector`.
  private enum SelectorField: Int, WireField {
    case name = 1_001
    case key = 2, optional
    static let fieldNames = FieldNames<Self>()
  }

  /// Messages `core.v1.ConfigMapEnvSource` and `SecretEnvSource`.
  private enum WholeField: Int, WireField {
    case name = 1_001
    case optional = 2
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads the source of a volume, or of a part of a projected one.
  init(_ source: Source, readingItems reader: inout FieldReader) throws(WireError) {
    self.init(source, in: .volume)
    try reader.beginObject()
    while let field = try reader.nextField(ItemsField.self) {
      switch field {
      case .name: name = try reader.string()
      case .items: try readKeys(from: &reader)
      case .optional: isOptional = try reader.boolean()
      }
    }
  }

  init(readingSecretVolume reader: inout FieldReader) throws(WireError) {
    self.init(.secret, in: .volume)
    try reader.beginObject()
    while let field = try reader.nextField(SecretVolumeField.self) {
      switch field {
      case .secretName: name = try reader.string()
      case .items: try readKeys(from: &reader)
      case .optional: isOptional = try reader.boolean()
      }
    }
  }

  /// Reads what the value of one environment variable is taken from.
  init(_ source: Source, readingKey reader: inout FieldReader) throws(WireError) {
    self.init(source, in: .variable)
    try reader.beginObject()
    while let field = try reader.nextField(SelectorField.self) {
      switch field {
      case .name: name = try reader.string()
      case .key: try reader.append(nameTo: &keys)
      case .optional: isOptional = try reader.boolean()
      }
    }
  }

  /// Reads what environment variables are made of, one for each key.
  init(_ source: Source, readingWhole reader: inout FieldReader) throws(WireError) {
    self.init(source, in: .variables)
    try reader.beginObject()
    while let field = try reader.nextField(WholeField.self) {
      switch field {
      case .name: name = try reader.string()
      case .optional: isOptional = try reader.boolean()
      }
    }
  }

  private mutating func readKeys(from reader: inout FieldReader) throws(WireError) {
    try reader.append(to: &keys) { reader throws(WireError) in
      var key = ""
      try reader.beginObject()
      while try reader.nextField(ItemField.self) != nil { key = try reader.string() }
      return key
    }
  }
}
