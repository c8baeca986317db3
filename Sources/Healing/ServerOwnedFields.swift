import KubernetesObjects
package import WireFormats

/// The fields of an object that its API server alone decides, so that no manifest brings them back.
package enum ServerOwnedFields {
  private static let metadata: Set<String> = [
    "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation",
    "managedFields", "resourceVersion", "selfLink", "uid",
  ]

  /// Whether a path leads to one of them.
  static func contain(_ path: JSONPointer) -> Bool {
    path.parts == ["status"]
      || path.parts.count == 2 && path.parts[0] == "metadata" && metadata.contains(path.parts[1])
  }

  /// An object as a manifest that makes it anew.
  package static func removed(from object: JSONValue) -> JSONValue {
    var manifest = object
    manifest["status"] = nil
    for name in metadata { manifest[path: "metadata", name] = nil }
    // The scheduler's, which looks for a Node again.
    if object["kind"]?.stringValue == "Pod" { manifest[path: "spec", "nodeName"] = nil }
    return manifest
  }
}
