package import WireFormats

/// One event of a watch (`meta.v1.WatchEvent`).
package enum WatchEvent: Sendable {
  case added(ObjectSnapshot)
  case modified(ObjectSnapshot)
  case deleted(ObjectSnapshot)
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
    of resource: APIResource,
    decoder: ObjectDecoder
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
          self = try Self(type, reading: &reader, of: resource, decoder: decoder)
          while try reader.nextField(Field.self) != nil { try reader.skip() }
          try reader.end()
          return
        }
        object = try reader.rawValue()
      }
    }
    try reader.end()
    guard let type, let object else {
      throw .malformed(offset: reader.offset, expected: "a watch event with type and object")
    }
    // The object came before its type: read it again, knowing what it is.
    var late = JSONReader(bytes.extracting(object))
    self = try Self(type, reading: &late, of: resource, decoder: decoder)
  }

  private init(
    _ type: String,
    reading reader: inout JSONReader,
    of resource: APIResource,
    decoder: ObjectDecoder
  ) throws(WireError) {
    switch type {
    case "ADDED": self = .added(try decoder.decode(&reader, of: resource))
    case "MODIFIED": self = .modified(try decoder.decode(&reader, of: resource))
    case "DELETED": self = .deleted(try decoder.decode(&reader, of: resource))
    case "BOOKMARK": self = try Self(bookmarkFrom: &reader)
    case "ERROR": self = .error(try APIStatus(reading: &reader))
    default:
      throw .malformed(offset: reader.offset, expected: "a known type of watch event")
    }
  }

  private init(bookmarkFrom reader: inout JSONReader) throws(WireError) {
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

private enum BookmarkField: Int, WireField {
  case metadata = 1
  static let fieldNames = FieldNames<Self>()
}

private enum BookmarkMetadataField: Int, WireField {
  case resourceVersion = 6, annotations = 12
  static let fieldNames = FieldNames<Self>()
}
