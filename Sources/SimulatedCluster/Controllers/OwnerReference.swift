import WireFormats

/// Who an object belongs to.
enum OwnerReference {
  /// The reference that makes `owner` the controller of an object.
  static func controller(_ owner: StoredObject) -> JSONValue {
    [
      "apiVersion": .string(owner.resource.apiVersion), "kind": .string(owner.resource.kind),
      "name": .string(owner.name), "uid": .string(owner.uid), "controller": true,
      "blockOwnerDeletion": true,
    ]
  }

  static func all(of object: StoredObject) -> [JSONValue] {
    object.value[path: "metadata", "ownerReferences"]?.arrayValue ?? []
  }

  static func controllerUID(of object: StoredObject) -> String? {
    all(of: object).first { $0["controller"] == true }?["uid"]?.stringValue
  }
}
