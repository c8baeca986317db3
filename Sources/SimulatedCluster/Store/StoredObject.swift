import Synchronization
import WireFormats

/// One version of one object, with its bytes made once however many clients read it.
final class StoredObject: Sendable {
  let resource: ServedResource
  let namespace: String
  let name: String
  /// `shop/cart-1`: the place in a sorted table.
  let path: String
  let version: UInt64
  /// The JSON of ``value``, without white space, members sorted.
  let body: [UInt8]
  /// Kept only of objects that were made from it: of a hundred thousand others it would fill the memory.
  private let tree: JSONValue?
  private let encoded = Mutex<(message: Int, bytes: [UInt8])?>(nil)

  init(_ value: JSONValue, of resource: ServedResource, version: UInt64) {
    var value = value
    value["apiVersion"] = nil
    value["kind"] = nil
    value[path: "metadata", "resourceVersion"] = .string(String(version))
    self.resource = resource
    self.namespace = value[path: "metadata", "namespace"]?.stringValue ?? ""
    self.name = value[path: "metadata", "name"]?.stringValue ?? ""
    self.path = Self.path(namespace: namespace, name: name)
    self.version = version
    tree = value
    body = value.encoded()
  }

  /// An object whose JSON is made already, with this version in it, as ``body`` has to be.
  init(
    body: [UInt8],
    of resource: ServedResource,
    namespace: String,
    name: String,
    version: UInt64
  ) {
    self.resource = resource
    self.namespace = namespace
    self.name = name
    self.path = Self.path(namespace: namespace, name: name)
    self.version = version
    self.body = body
    tree = nil
  }

  /// The same object under another version.
  func at(version: UInt64) -> StoredObject {
    if let tree { return StoredObject(tree, of: resource, version: version) }
    var json = CompactJSON(body)
    var changed = body
    if let range = json.find(["metadata", "resourceVersion"]) {
      changed.replaceSubrange(range, with: "\"\(version)\"".utf8)
    }
    return StoredObject(
      body: changed,
      of: resource,
      namespace: namespace,
      name: name,
      version: version
    )
  }

  static func path(namespace: String, name: String) -> String {
    namespace.isEmpty ? name : "\(namespace)/\(name)"
  }

  /// All members but `apiVersion` and `kind`, which depend on the version of the API asked for.
  var value: JSONValue {
    // A body is JSON by construction.
    tree ?? (try? JSONValue(parsing: body)) ?? [:]
  }

  /// A member of a member and so on, without a tree of all others.
  func member(_ path: String...) -> JSONValue? { member(path) }

  func member(_ path: [String]) -> JSONValue? {
    if let tree {
      return path.reduce(tree) { (value: JSONValue?, key) in value?[key] }
    }
    var json = CompactJSON(body)
    guard let range = json.find(path) else { return nil }
    return try? JSONValue(parsing: Array(body[range]))
  }

  /// The object as its owner wrote it, with the kind that `resource` gives it.
  func value(as resource: ServedResource) -> JSONValue {
    var whole = resource.served(value)
    whole["apiVersion"] = .string(resource.apiVersion)
    whole["kind"] = .string(resource.kind)
    return whole
  }

  /// The JSON of the object as `resource` has it, without its kind.
  func body(as resource: ServedResource) -> [UInt8] {
    resource.storedAs == nil ? body : resource.served(value).encoded()
  }

  /// The JSON of the metadata alone, `{"metadata":{…}}`.
  var metadataOnly: [UInt8] {
    var json = CompactJSON(body)
    let metadata = json.find(["metadata"]).map { body[$0] } ?? []
    var bytes = Array("{\"metadata\":".utf8)
    bytes.reserveCapacity(bytes.count + metadata.count + 1)
    bytes += metadata
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// The object, as `resource` has it, as a message of the schema; the bytes are kept for the next who
  /// asks for the same one.
  func protobuf(_ message: Int, as resource: ServedResource) -> [UInt8] {
    encoded.withLock { encoded in
      if let encoded, encoded.message == message { return encoded.bytes }
      let bytes = ProtobufEncoder.encode(body(as: resource), as: message)
      encoded = (message, bytes)
      return bytes
    }
  }

  /// The metadata as a message of the schema that has nothing else.
  func metadataProtobuf(_ message: Int) -> ArraySlice<UInt8> {
    // The first field of every kind is its metadata.
    if let bytes = encoded.withLock({ $0?.bytes }), let end = bytes.endOfFirstField {
      return bytes[..<end]
    }
    return ProtobufEncoder.encode(metadataOnly, as: message)[...]
  }

  var uid: String { member("metadata", "uid")?.stringValue ?? "" }
  var labels: JSONValue { member("metadata", "labels") ?? [:] }
  var isTerminating: Bool { member("metadata", "deletionTimestamp") != nil }
  var finalizers: [String] {
    member("metadata", "finalizers")?.arrayValue?.compactMap(\.stringValue) ?? []
  }
}

extension [UInt8] {
  /// Where the first field of a message ends, if it is a message itself with the number 1.
  fileprivate var endOfFirstField: Int? {
    guard first == 0x0A else { return nil }
    var length = 0
    for (index, byte) in dropFirst().prefix(9).enumerated() {
      length |= Int(byte & 0x7F) << (7 * index)
      if byte < 0x80 { return index + 2 + length <= count ? index + 2 + length : nil }
    }
    return nil
  }
}
