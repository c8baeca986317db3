import KubernetesObjects
import WireFormats

/// What is written down of a Secret: everything but its values.
enum SecretOmission {
  static let kind = ObjectKind("Secret")
  /// Who applies Secrets with kubectl leaves the values in an annotation, too.
  private static let copy = "kubectl.kubernetes.io/last-applied-configuration"
  private static let omitted: JSONValue = "(not kept)"

  /// An object, or a patch of one, without the values that it holds if it is a Secret.
  static func without(valuesIn value: JSONValue, of kind: ObjectKind) -> JSONValue {
    guard kind == self.kind else { return value }
    if let operations = value.arrayValue { return .array(operations.map(withoutValue)) }
    var value = value
    for part in ["data", "stringData"] {
      for key in (value[part]?.objectValue ?? [:]).keys { value[path: part, key] = omitted }
    }
    if value[path: "metadata", "annotations", copy] != nil {
      value[path: "metadata", "annotations", copy] = omitted
    }
    return value
  }

  /// An operation of a JSON patch, whose values are kept only where they name the object and its
  /// owners.
  private static func withoutValue(_ operation: JSONValue) -> JSONValue {
    let kept = ["/metadata/uid", "/metadata/finalizers", "/metadata/ownerReferences"]
    let path = operation["path"]?.stringValue ?? ""
    guard operation["value"] != nil, !kept.contains(where: path.hasPrefix) else { return operation }
    var operation = operation
    operation["value"] = omitted
    return operation
  }
}
