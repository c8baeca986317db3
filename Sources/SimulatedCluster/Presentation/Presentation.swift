import WireFormats

/// How much of objects a client wants, and as what.
enum Presentation: Sendable, Equatable {
  case whole
  case metadataOnly
  case table(with: RowObject)

  /// What of an object goes along with its row.
  enum RowObject: String, Sendable {
    case none = "None"
    case metadata = "Metadata"
    case whole = "Object"
  }

  /// The form that a media range asks for; nil if there is no such form.
  init?(_ range: AcceptedRange, _ query: Query) throws(APIFailure) {
    switch range.parameters["as"] {
    case nil:
      self = .whole
    case "PartialObjectMetadata", "PartialObjectMetadataList":
      self = .metadataOnly
    case "Table":
      // Only the version in use, not its beta; tables have no protobuf.
      guard range.parameters["v"] == "v1", !range.takesProtobuf else { return nil }
      let included = query["includeObject"] ?? ""
      guard let object = RowObject(rawValue: included.isEmpty ? "Metadata" : included) else {
        throw .badRequest("unrecognized includeObject value: \"\(included)\"")
      }
      self = .table(with: object)
    default:
      return nil
    }
  }

  /// The JSON of one object that stands alone: in a `get` answer or a watch event.
  func bytes(of object: StoredObject, as resource: ServedResource) -> [UInt8] {
    switch self {
    case .whole:
      Self.prefix(of: resource) + object.body(as: resource).dropFirst()
    case .metadataOnly:
      Self.metadataPrefix + object.metadataOnly.dropFirst()
    case .table(let rowObject):
      Table(of: resource, [object], with: rowObject, version: object.version).encoded()
    }
  }

  /// The JSON of one object within a list; built-in kinds leave out what the list says already.
  func item(of object: StoredObject, as resource: ServedResource) -> [UInt8] {
    if self == .whole, !resource.isCustom { return object.body(as: resource) }
    return bytes(of: object, as: resource)
  }

  /// What the objects are called in this form.
  func kind(of resource: ServedResource) -> (apiVersion: String, kind: String) {
    switch self {
    case .whole: (resource.apiVersion, resource.kind)
    case .metadataOnly: ("meta.k8s.io/v1", "PartialObjectMetadata")
    case .table: ("meta.k8s.io/v1", "Table")
    }
  }

  static func prefix(of resource: ServedResource) -> [UInt8] {
    resource.isCustom
      ? Array("{\"apiVersion\":\"\(resource.apiVersion)\",\"kind\":\"\(resource.kind)\",".utf8)
      : Array("{\"kind\":\"\(resource.kind)\",\"apiVersion\":\"\(resource.apiVersion)\",".utf8)
  }

  private static let metadataPrefix = Array(
    "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",".utf8
  )

  /// The empty object of a BOOKMARK, which carries nothing but a version.
  func bookmark(
    version: UInt64,
    endsInitialEvents: Bool,
    of resource: ServedResource
  ) -> [UInt8] {
    var object: JSONValue = [
      "kind": .string(resource.kind), "apiVersion": .string(resource.apiVersion),
      "metadata": ["resourceVersion": .string(String(version))],
    ]
    if endsInitialEvents {
      object[path: "metadata", "annotations"] = ["k8s.io/initial-events-end": "true"]
    }
    switch self {
    case .metadataOnly:
      object["kind"] = "PartialObjectMetadata"
      object["apiVersion"] = "meta.k8s.io/v1"
    case .table:
      object["kind"] = "Table"
      object["apiVersion"] = "meta.k8s.io/v1"
      object["columnDefinitions"] = .null
      object["rows"] = []
    case .whole where resource == .pods:
      object["spec"] = ["containers": .null]
      object["status"] = [:]
    case .whole where resource.storage == .events:
      object = resource.served(EventConversion.completed(object))
    case .whole:
      break
    }
    return object.encoded()
  }
}
