import WireFormats

extension PodTemplate {
  /// Message `core.v1.Volume`; JSON writes its source beside the name.
  private enum VolumeField: Int, WireField {
    case name = 1
    case hostPath = 2_001, emptyDir = 2_002, secret = 2_006, persistentVolumeClaim = 2_010
    case configMap = 2_019, projected = 2_026, csi = 2_028, ephemeral = 2_029
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.HostPathVolumeSource`.
  private enum PathField: Int, WireField {
    case path = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.PersistentVolumeClaimVolumeSource`.
  private enum ClaimField: Int, WireField {
    case claimName = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.CSIVolumeSource`.
  private enum DriverField: Int, WireField {
    case nodePublishSecretRef = 5
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.ProjectedVolumeSource`.
  private enum ProjectedField: Int, WireField {
    case sources = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.VolumeProjection`.
  private enum ProjectionField: Int, WireField {
    case secret = 1, configMap = 3
    static let fieldNames = FieldNames<Self>()
  }

  mutating func readVolumes(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() { try readVolume(from: &reader) }
  }

  private mutating func readVolume(from reader: inout FieldReader) throws(WireError) {
    var name = ""
    var isEphemeral = false
    try reader.beginObject()
    while let field = try reader.nextField(VolumeField.self) {
      switch field {
      case .name: name = try reader.string()
      case .hostPath:
        try reader.beginObject()
        while try reader.nextField(PathField.self) != nil { try reader.append(nameTo: &hostPaths) }
      case .emptyDir:
        options.insert(.scratchVolumes)
        try reader.skip()
      case .persistentVolumeClaim:
        try reader.beginObject()
        while try reader.nextField(ClaimField.self) != nil { try reader.append(nameTo: &claims) }
      case .configMap:
        configurations.append(try ConfigurationReference(.configMap, readingItems: &reader))
      case .secret:
        configurations.append(try ConfigurationReference(readingSecretVolume: &reader))
      case .projected: try readProjections(from: &reader)
      case .csi:
        try reader.beginObject()
        while try reader.nextField(DriverField.self) != nil {
          let secret = try reader.name()
          configurations.append(ConfigurationReference(.secret, in: .volume, name: secret))
        }
      case .ephemeral:
        isEphemeral = true
        try reader.skip()
      }
    }
    if isEphemeral { ephemeralVolumes.append(name) }
  }

  /// Adds to `digest` what is read of volumes.
  static func addVolumes(
    to digest: inout TemplateDigest,
    from reader: inout FieldReader
  ) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      digest.begin(.volume)
      var name = ByteDigest()
      var isEphemeral = false
      try reader.beginObject()
      while let field = try reader.nextField(VolumeField.self) {
        if field == .name {
          try reader.skip(into: &name)
        } else {
          isEphemeral = isEphemeral || field == .ephemeral
          try digest.add(field.rawValue, of: .volume, from: &reader)
        }
      }
      // Of other volumes it is not kept, and those that admission adds have another in each Pod.
      if isEphemeral { digest.add(name) }
    }
  }

  private mutating func readProjections(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(ProjectedField.self) != nil {
      try reader.beginArray()
      while try reader.nextElement() {
        try reader.beginObject()
        while let field = try reader.nextField(ProjectionField.self) {
          let source: ConfigurationReference.Source = field == .secret ? .secret : .configMap
          configurations.append(try ConfigurationReference(source, readingItems: &reader))
        }
      }
    }
  }
}
