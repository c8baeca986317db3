package import WireFormats

/// One event of a watch (`meta.v1.WatchEvent`).
package enum WatchEvent: Sendable {
  case added(ObjectSnapshot)
  case modified(ObjectSnapshot)
  case deleted(ObjectSnapshot)
  /// Something became of an object that is not wanted, by which the watch reached this version.
  case elsewhere(resourceVersion: String)
  /// Nothing changed up to this version (KEP-956).
  case bookmark(resourceVersion: String, endsInitialEvents: Bool)
  /// The watch has failed and ends; code 410 means that its version has expired.
  case error(APIStatus)

  private enum Field: Int, WireField {
    case type = 1, object
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads the event in `bytes`, whose object is of `resource`.
  package init(
    decoding bytes: RawSpan,
    encoding: WireEncoding = .json,
    of resource: APIResource,
    decoder: ObjectDecoder,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    switch encoding {
    case .json: try self.init(json: bytes, of: resource, decoder: decoder, sharing: &pool)
    case .protobuf: try self.init(protobuf: bytes, of: resource, decoder: decoder, sharing: &pool)
    }
  }

  private init(
    json bytes: RawSpan,
    of resource: APIResource,
    decoder: ObjectDecoder,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    var reader = JSONReader(bytes)
    var type: String?
    var object: Range<Int>?
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .type: type = try reader.string()
      case .object:
        if let type {
          self = try reader.readFields { fields throws(WireError) in
            try Self(type, reading: &fields, of: resource, decoder: decoder, sharing: &pool)
          }
          while try reader.nextField(Field.self) != nil { try reader.skip() }
          try reader.end()
          return
        }
        object = try reader.rawValue()
      }
    }
    try reader.end()
    guard let type, let object else { throw Self.incomplete(at: reader.offset) }
    // The object came before its type: read it again, knowing what it is.
    var late = FieldReader(JSONReader(bytes.extracting(object)))
    self = try Self(type, reading: &late, of: resource, decoder: decoder, sharing: &pool)
  }

  private init(
    protobuf bytes: RawSpan,
    of resource: APIResource,
    decoder: ObjectDecoder,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    var type: String?
    var object: Range<Int>?
    var reader = FieldReader(bytes, protobufMessage: 0..<bytes.byteCount)
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .type: type = try reader.string()
      case .object:
        try reader.beginObject()
        while try reader.nextField(RawExtensionField.self) != nil {
          object = try reader.protobufBytes()
        }
      }
    }
    guard let type, let object else { throw Self.incomplete(at: bytes.byteCount) }
    let envelope = try ProtobufEnvelope(whole: bytes, in: object)
    var fields = FieldReader(bytes, protobufMessage: envelope.message)
    self = try Self(type, reading: &fields, of: resource, decoder: decoder, sharing: &pool)
  }

  private static func incomplete(at offset: Int) -> WireError {
    .malformed(offset: offset, expected: "a watch event with type and object")
  }

  private init(
    _ type: String,
    reading reader: inout FieldReader,
    of resource: APIResource,
    decoder: ObjectDecoder,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    if ["ADDED", "MODIFIED", "DELETED"].contains(type),
      let version = try decoder.skipUnwanted(&reader)
    {
      self = .elsewhere(resourceVersion: version)
      return
    }
    switch type {
    case "ADDED": self = .added(try decoder.decode(&reader, of: resource, sharing: &pool))
    case "MODIFIED": self = .modified(try decoder.decode(&reader, of: resource, sharing: &pool))
    case "DELETED": self = .deleted(try decoder.decode(&reader, of: resource, sharing: &pool))
    case "BOOKMARK": self = try Self(bookmarkFrom: &reader)
    case "ERROR": self = .error(try APIStatus(reading: &reader))
    default:
      throw .malformed(offset: reader.offset, expected: "a known type of watch event")
    }
  }

  private init(bookmarkFrom reader: inout FieldReader) throws(WireError) {
    var version = ""
    var endsInitialEvents = false
    try reader.beginObject()
    while try reader.nextField(BookmarkField.self) != nil {
      try reader.beginObject()
      while let field = try reader.nextField(BookmarkMetadataField.self) {
        switch field {
        case .resourceVersion: version = try reader.string()
        case .annotations:
          try reader.beginObject()
          while let name = try reader.nextKey() {
            let value = try reader.string()
            if name == "k8s.io/initial-events-end" { endsInitialEvents = value == "true" }
          }
        }
      }
    }
    self = .bookmark(resourceVersion: version, endsInitialEvents: endsInitialEvents)
  }
}

/// Message `runtime.RawExtension`, which JSON leaves out.
private enum RawExtensionField: Int, WireField {
  case raw = 1
  static let fieldNames = FieldNames<Self>()
}

private enum BookmarkField: Int, WireField {
  case metadata = 1
  static let fieldNames = FieldNames<Self>()
}

private enum BookmarkMetadataField: Int, WireField {
  case resourceVersion = 6, annotations = 12
  static let fieldNames = FieldNames<Self>()
}
