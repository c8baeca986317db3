import WireFormats

/// How the objects of one resource are written for a client: what of them, and in which encoding.
struct Representation: Sendable {
  let presentation: Presentation
  let resource: ServedResource
  /// The message as which objects are written; nil for JSON.
  private let message: Int?

  /// Takes the media range that the client likes best of those that can be served.
  init(for request: APIRequest, of resource: ServedResource) throws(APIFailure) {
    let own = ProtobufSchema.shared.index(of: resource)
    for range in AcceptedRange.ranges(of: request) where range.takesJSON || range.takesProtobuf {
      guard let presentation = try Presentation(range, request.query) else { continue }
      guard range.takesProtobuf else {
        self.init(json: presentation, of: resource)
        return
      }
      // Of a custom resource, metadata alone have a message.
      guard let message = presentation == .metadataOnly ? Self.partialMetadata : own else {
        continue
      }
      self.init(presentation, of: resource, as: message)
      return
    }
    throw .notAcceptable(for: resource, hasProtobuf: own != nil)
  }

  init(json presentation: Presentation, of resource: ServedResource) {
    self.init(presentation, of: resource, as: nil)
  }

  /// Whole objects as protobuf; as JSON where the resource has no message.
  init(protobufOf resource: ServedResource) {
    self.init(.whole, of: resource, as: ProtobufSchema.shared.index(of: resource))
  }

  private init(_ presentation: Presentation, of resource: ServedResource, as message: Int?) {
    self.presentation = presentation
    self.resource = resource
    self.message = message
  }

  private static let partialMetadata = ProtobufSchema.shared.index(of: "meta.PartialObjectMetadata")
  static let status = ProtobufSchema.shared.index(of: "meta.Status")

  var isProtobuf: Bool { message != nil }
  var contentType: String { isProtobuf ? ProtobufEnvelope.mediaType : "application/json" }
  var watchContentType: String { isProtobuf ? "\(contentType);stream=watch" : contentType }

  /// The body of an answer that is this one object.
  func body(of object: StoredObject) -> [UInt8] {
    isProtobuf ? bytes(of: object) : bytes(of: object) + [UInt8(ascii: "\n")]
  }

  /// One object that stands alone: in a `get` answer or a watch event.
  func bytes(of object: StoredObject) -> [UInt8] {
    guard message != nil else { return presentation.bytes(of: object, as: resource) }
    let (apiVersion, kind) = presentation.kind(of: resource)
    return ProtobufEnvelope.envelope(item(of: object), apiVersion: apiVersion, kind: kind)
  }

  /// One object within a list.
  func item(of object: StoredObject) -> ArraySlice<UInt8> {
    guard let message else { return presentation.item(of: object, as: resource)[...] }
    if presentation == .whole { return object.protobuf(message, as: resource)[...] }
    return object.metadataProtobuf(message)
  }

  /// The empty object of a BOOKMARK, which carries nothing but a version.
  func bookmark(version: UInt64, endsInitialEvents: Bool) -> [UInt8] {
    let json = presentation.bookmark(
      version: version,
      endsInitialEvents: endsInitialEvents,
      of: resource
    )
    guard let message else { return json }
    let (apiVersion, kind) = presentation.kind(of: resource)
    return ProtobufEnvelope.envelope(
      ProtobufEncoder.encode(json, as: message),
      apiVersion: apiVersion,
      kind: kind
    )
  }

  /// One event of a watch.
  func event(_ type: String, _ object: [UInt8]) -> [UInt8] {
    guard !isProtobuf else { return ProtobufEnvelope.frame(type: type, object) }
    var line = Array("{\"type\":\"\(type)\",\"object\":".utf8)
    line.reserveCapacity(line.count + object.count + 2)
    line += object
    line.append(UInt8(ascii: "}"))
    line.append(UInt8(ascii: "\n"))
    return line
  }

  /// An ERROR event of a watch.
  func event(_ failure: APIFailure) -> [UInt8] {
    event("ERROR", isProtobuf ? failure.protobuf : failure.status.encoded())
  }
}

extension APIFailure {
  /// The `Status` object as protobuf.
  var protobuf: [UInt8] {
    let message = Representation.status.map { ProtobufEncoder.encode(status.encoded(), as: $0) }
    return ProtobufEnvelope.envelope(message ?? [], apiVersion: "v1", kind: "Status")
  }

  fileprivate static func notAcceptable(
    for resource: ServedResource,
    hasProtobuf: Bool
  ) -> APIFailure {
    APIFailure(
      406,
      "NotAcceptable",
      "only the following media types are accepted: application/json"
        + (hasProtobuf ? ", \(ProtobufEnvelope.mediaType)" : ""),
      details: [:]
    )
  }
}
