import Synchronization
import WireFormats

/// One version of one object, with its JSON made once however many clients read it.
final class StoredObject: Sendable {
  let resource: ServedResource
  let namespace: String
  let name: String
  /// `shop/cart-1`: the place in a sorted table.
  let path: String
  let version: UInt64
  /// All members but `apiVersion` and `kind`, which depend on the version of the API asked for.
  let value: JSONValue
  /// The JSON of ``value``.
  let body: [UInt8]
  private let metadataBody = Mutex<[UInt8]?>(nil)

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
    self.value = value
    self.body = value.encoded()
  }

  static func path(namespace: String, name: String) -> String {
    namespace.isEmpty ? name : "\(namespace)/\(name)"
  }

  /// The object as its owner wrote it, with the kind that `resource` gives it.
  func value(as resource: ServedResource) -> JSONValue {
    var whole = value
    whole["apiVersion"] = .string(resource.apiVersion)
    whole["kind"] = .string(resource.kind)
    return whole
  }

  /// The JSON of the metadata alone, `{"metadata":{…}}`.
  var metadataOnly: [UInt8] {
    metadataBody.withLock { cached in
      if let cached { return cached }
      let made = JSONValue.object(["metadata": value["metadata"] ?? [:]]).encoded()
      cached = made
      return made
    }
  }

  var uid: String { value[path: "metadata", "uid"]?.stringValue ?? "" }
  var labels: JSONValue { value[path: "metadata", "labels"] ?? [:] }
  var isTerminating: Bool { value[path: "metadata", "deletionTimestamp"] != nil }
  var finalizers: [String] {
    value[path: "metadata", "finalizers"]?.arrayValue?.compactMap(\.stringValue) ?? []
  }
}
