import WireFormats

/// What a volume is stored in.
extension PersistentVolume.Source {
  /// Message `core.v1.CSIPersistentVolumeSource`.
  private enum DriverField: Int, WireField {
    case driver = 1, volumeHandle
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.NFSVolumeSource`.
  private enum FilesField: Int, WireField {
    case server = 1, path
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.ISCSIPersistentVolumeSource`.
  private enum TargetField: Int, WireField {
    case targetPortal = 1, iqn, lun
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.LocalVolumeSource`.
  private enum LocalField: Int, WireField {
    case path = 1
    static let fieldNames = FieldNames<Self>()
  }

  init(readingDriver reader: inout FieldReader) throws(WireError) {
    var driver = ""
    var handle = ""
    try reader.beginObject()
    while let field = try reader.nextField(DriverField.self) {
      switch field {
      case .driver: driver = try reader.string()
      case .volumeHandle: handle = try reader.string()
      }
    }
    self = .csi(driver: driver, handle: handle)
  }

  init(readingFiles reader: inout FieldReader) throws(WireError) {
    var server = ""
    var path = ""
    try reader.beginObject()
    while let field = try reader.nextField(FilesField.self) {
      switch field {
      case .server: server = try reader.string()
      case .path: path = try reader.string()
      }
    }
    self = .networkFiles(server: server, path: path)
  }

  init(readingTarget reader: inout FieldReader) throws(WireError) {
    var portal = ""
    var name = ""
    var unit = 0
    try reader.beginObject()
    while let field = try reader.nextField(TargetField.self) {
      switch field {
      case .targetPortal: portal = try reader.string()
      case .iqn: name = try reader.string()
      case .lun: unit = try reader.count()
      }
    }
    self = .blockTarget(portal: portal, name: name, unit: unit)
  }

  init(readingLocal reader: inout FieldReader) throws(WireError) {
    var path = ""
    try reader.beginObject()
    while try reader.nextField(LocalField.self) != nil { path = try reader.string() }
    self = .local(path: path)
  }
}

/// Which Nodes reach a volume.
extension PersistentVolume {
  /// Message `core.v1.VolumeNodeAffinity`.
  private enum AffinityField: Int, WireField {
    case required = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.NodeSelector`.
  private enum NodesField: Int, WireField {
    case nodeSelectorTerms = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.NodeSelectorTerm`.
  private enum TermField: Int, WireField {
    case matchExpressions = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.NodeSelectorRequirement`.
  fileprivate enum RequirementField: Int, WireField {
    case key = 1, `operator`, values
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads a volume's `nodeAffinity`, and adds the Nodes that it names to `nodes`; none where others,
  /// which it does not name, reach the volume as well.
  static func readNodes(
    from reader: inout FieldReader,
    into nodes: inout [String]
  ) throws(WireError) {
    var isElsewhere = false
    try reader.beginObject()
    while try reader.nextField(AffinityField.self) != nil {
      try reader.beginObject()
      while try reader.nextField(NodesField.self) != nil {
        try reader.beginArray()
        while try reader.nextElement() {
          let count = nodes.count
          try reader.beginObject()
          while try reader.nextField(TermField.self) != nil {
            try reader.append(to: &nodes, namedBy: "kubernetes.io/hostname")
          }
          if nodes.count == count { isElsewhere = true }
        }
      }
    }
    if isElsewhere { nodes = [] }
  }
}

extension FieldReader {
  /// Reads requirements on Nodes, and adds the values that a label must be one of to `values`.
  fileprivate mutating func append(
    to values: inout [String],
    namedBy label: String
  ) throws(WireError) {
    try beginArray()
    while try nextElement() {
      var key = ""
      var isOneOf = false
      var listed: [String] = []
      try beginObject()
      while let field = try nextField(PersistentVolume.RequirementField.self) {
        switch field {
        case .key: key = try string()
        case .operator: isOneOf = try string() == "In"
        case .values: try append(to: &listed)
        }
      }
      if key == label, isOneOf { values += listed }
    }
  }
}
