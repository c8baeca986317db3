package import WireFormats

/// Which namespaces' objects are wanted; what is in none always is.
package typealias NamespaceFilter = @Sendable (_ namespace: String) -> Bool

/// Turns an object on the wire into the record that KPatrol keeps.
package struct ObjectDecoder: Sendable {
  private static let types: [ObjectKind: any TypedRecord.Type] = Dictionary(
    uniqueKeysWithValues: Kinds.all.map { ($0.kind, $0) }
  )

  /// What is kept of objects besides their records.
  private let projection: FieldProjection?

  /// The annotations that are kept besides those that checks read.
  private let annotations: Set<String>

  /// Which objects are read at all; `nil` where all are.
  private let filter: NamespaceFilter?

  package init(
    keeping projection: FieldProjection? = nil,
    annotations: Set<String> = [],
    of filter: NamespaceFilter? = nil
  ) {
    self.projection = projection
    self.annotations = annotations
    self.filter = filter
  }

  /// Whether the fields of `kind` are known.
  package static func isTyped(_ kind: ObjectKind) -> Bool { types[kind] != nil }

  /// Whether more than the metadata of `kind` is read.
  package static func readsWhole(_ kind: ObjectKind) -> Bool { isTyped(kind) || !kind.isBuiltIn }

  /// Reads one object of `resource`; `pool` remembers what it may have in common with the next.
  package func decode(
    _ reader: inout FieldReader,
    of resource: APIResource,
    sharing pool: inout SharingPool
  ) throws(WireError) -> ObjectSnapshot {
    swap(&reader.recentTexts, &pool.recentTexts)
    defer { swap(&reader.recentTexts, &pool.recentTexts) }
    pool.keptAnnotations = annotations
    var version = ObjectVersion()
    var record: any ObjectRecord
    var projected = try self.projected(of: &reader, resource.kind)
    projected?.share(by: &pool)
    if let type = Self.types[resource.kind] {
      record = try type.init(reading: &reader, version: &version, sharing: &pool)
    } else if !resource.kind.isBuiltIn {
      record = try CustomRecord(
        reading: &reader,
        of: resource,
        version: &version,
        sharing: &pool
      )
    } else {
      let metadata = try decodeMetadata(&reader, version: &version, sharing: &pool)
      record = PartialRecord(resource.kind, metadata: metadata)
    }
    record.share(by: &pool)
    return ObjectSnapshot(record: record, version: version, projected: projected)
  }

  /// Skips the object that comes next where its namespace is not wanted, and answers with its version; reads
  /// no more of it than its metadata, and nothing where it is wanted.
  func skipUnwanted(_ reader: inout FieldReader) throws(WireError) -> String? {
    guard let filter else { return nil }
    var (namespace, version) = ("", "")
    _ = try reader.readAhead { reader throws(WireError) -> Never? in
      try reader.beginObject()
      guard try reader.nextField(PartialField.self) != nil else { return nil }
      try reader.beginObject()
      while let field = try reader.nextField(PlaceField.self) {
        switch field {
        case .namespace: namespace = try reader.string()
        case .resourceVersion: version = try reader.string()
        }
      }
      return nil
    }
    guard !namespace.isEmpty, !filter(namespace) else { return nil }
    // The message of an object in protobuf ends where its reader does.
    if reader.encoding == .json { try reader.skip() }
    return version
  }

  /// What the projection keeps of the object that comes next, and is still to be read.
  private func projected(
    of reader: inout FieldReader,
    _ kind: ObjectKind
  ) throws(WireError) -> ProjectedFields? {
    guard let projection else { return nil }
    var projected: ProjectedFields?
    _ = try reader.readAhead { reader throws(WireError) -> Never? in
      projected = try ProjectedFields(reading: &reader, of: kind, by: projection)
      return nil
    }
    return projected
  }

  private func decodeMetadata(
    _ reader: inout FieldReader,
    version: inout ObjectVersion,
    sharing pool: inout SharingPool
  ) throws(WireError) -> ObjectMetadata {
    var metadata = ObjectMetadata()
    try reader.beginObject()
    while try reader.nextField(PartialField.self) != nil {
      metadata = try ObjectMetadata(reading: &reader, version: &version, sharing: &pool)
    }
    return metadata
  }
}

/// Message `meta.v1.PartialObjectMetadata`.
private enum PartialField: Int, WireField {
  case metadata = 1
  static let fieldNames = FieldNames<Self>()
}

/// Members of `meta.v1.ObjectMeta`.
private enum PlaceField: Int, WireField {
  case namespace = 3, resourceVersion = 6
  static let fieldNames = FieldNames<Self>()
}
