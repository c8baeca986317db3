package import KubernetesObjects
package import WireFormats

extension ObjectDecoder {
  /// Reads one object that shares nothing with others.
  package func decode(
    _ reader: inout FieldReader,
    of resource: APIResource
  ) throws(WireError) -> ObjectSnapshot {
    var pool = SharingPool()
    return try decode(&reader, of: resource, sharing: &pool)
  }
}

extension WatchEvent {
  /// Reads an event whose object shares nothing with others.
  package init(
    decoding bytes: RawSpan,
    encoding: WireEncoding = .json,
    of resource: APIResource,
    decoder: ObjectDecoder
  ) throws(WireError) {
    var pool = SharingPool()
    try self.init(
      decoding: bytes,
      encoding: encoding,
      of: resource,
      decoder: decoder,
      sharing: &pool
    )
  }
}
