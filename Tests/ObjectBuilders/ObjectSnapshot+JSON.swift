package import KubernetesObjects
package import WireFormats

extension ObjectSnapshot {
  /// Reads an object that is written as JSON, as one from a server is read.
  package init(
    reading object: JSONValue,
    of resource: APIResource,
    keeping projection: FieldProjection? = nil
  ) throws(WireError) {
    let bytes = object.encoded()
    var pool = SharingPool()
    var reader = FieldReader(JSONReader(bytes.span.bytes))
    self = try ObjectDecoder(keeping: projection).decode(&reader, of: resource, sharing: &pool)
  }
}
