package import WireFormats

/// Turns an object on the wire into the record that KPatrol keeps.
package struct ObjectDecoder: Sendable {
  private static let types: [ObjectKind: any TypedRecord.Type] = Dictionary(
    uniqueKeysWithValues: Kinds.all.map { ($0.kind, $0) }
  )

  /// What is kept of objects besides their records.
  private let projection: FieldProjection?

  /// The annotations that are kept besides those that checks read.
  private let annotations: Set<String>

  package init(keeping projection: FieldProjection? = nil, annotations: Set<String> = []) {
    self.projection = projection
    self.annotations = annotations
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
