import WireFormats

/// The rules of a real server that a test or a careless client is likely to meet; not all of them.
enum Validation {
  static func checkCreation(
    _ value: JSONValue,
    of resource: ServedResource
  ) throws(APIFailure) {
    let name = value[path: "metadata", "name"]?.stringValue ?? ""
    var causes: [APIFailure.Cause] = []
    if name.isEmpty {
      causes.append(
        .init(
          reason: "FieldValueRequired",
          field: "metadata.name",
          message: "Required value: name or generateName is required"
        )
      )
    } else if !isSubdomain(name), resource.group != "rbac.authorization.k8s.io" {
      causes.append(
        .init(
          reason: "FieldValueInvalid",
          field: "metadata.name",
          message: "Invalid value: \"\(name)\": \(subdomainRule)"
        )
      )
    }
    if resource == .pods, (value[path: "spec", "containers"]?.arrayValue ?? []).isEmpty {
      causes.append(
        .init(reason: "FieldValueRequired", field: "spec.containers", message: "Required value")
      )
    }
    guard causes.isEmpty else { throw .invalid(resource, name, causes) }
  }

  /// A deleted object must not gain finalizers, nor a Pod move to another node.
  static func checkChange(
    _ value: JSONValue,
    of current: StoredObject
  ) throws(APIFailure) {
    let finalizers = value[path: "metadata", "finalizers"]?.arrayValue ?? []
    let added = finalizers.compactMap(\.stringValue).filter { !current.finalizers.contains($0) }
    if current.isTerminating, !added.isEmpty {
      throw .forbidden(
        current.resource,
        current.name,
        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, "
          + "found new finalizers \(added)"
      )
    }
    let node = current.value[path: "spec", "nodeName"]
    if current.resource == .pods, node != nil, value[path: "spec", "nodeName"] != node {
      throw .invalid(
        current.resource,
        current.name,
        [
          .init(
            reason: "FieldValueForbidden",
            field: "spec",
            message:
              "Forbidden: pod updates may not change fields other than `spec.containers[*].image`"
          )
        ]
      )
    }
  }

  private static let subdomainRule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
    + "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for "
    + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

  private static func isSubdomain(_ name: String) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return name.utf8.count <= 253
      && labels.allSatisfy { label in
        guard let first = label.utf8.first, let last = label.utf8.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
          && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
