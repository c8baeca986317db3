import WireFormats

/// Which objects a `fieldSelector` parameter means: `spec.nodeName=node-1,status.phase!=Failed`.
struct FieldSelector: Sendable, Equatable {
  struct Requirement: Sendable, Equatable {
    let field: String
    let value: String
    let isNegated: Bool
  }

  var requirements: [Requirement] = []

  /// Fields that every resource, and those that some resources can be selected by.
  private static let common: Set<String> = ["metadata.name", "metadata.namespace"]
  private static let special: [String: Set<String>] = [
    "Pod": [
      "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
      "status.phase", "status.podIP", "spec.hostNetwork",
    ],
    "Event": [
      "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
      "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion",
      "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
    ],
    "Node": ["spec.unschedulable"],
    "Namespace": ["status.phase"],
    "Secret": ["type"],
    "ReplicaSet": ["status.replicas"],
    "Job": ["status.successful"],
  ]

  init(parsing text: String, for resource: ServedResource) throws(APIFailure) {
    let known = Self.common.union(Self.special[resource.kind] ?? [])
    for part in text.split(separator: ",") {
      let requirement = try Self.requirement(String(part))
      guard known.contains(requirement.field) else {
        throw .badRequest("field label not supported: \(requirement.field)")
      }
      requirements.append(requirement)
    }
  }

  private static func requirement(_ text: String) throws(APIFailure) -> Requirement {
    for (sign, isNegated) in [("!=", true), ("==", false), ("=", false)] {
      guard let range = text.firstRange(of: sign) else { continue }
      return Requirement(
        field: String(text[..<range.lowerBound]),
        value: String(text[range.upperBound...]),
        isNegated: isNegated
      )
    }
    throw .badRequest(
      "invalid selector: '\(text)'; can't understand '\(text)'"
    )
  }

  func matches(_ object: StoredObject) -> Bool {
    requirements.allSatisfy { requirement in
      (Self.text(requirement.field, of: object) == requirement.value) != requirement.isNegated
    }
  }

  private static func text(_ field: String, of object: StoredObject) -> String {
    let value = object.member(field.split(separator: ".").map(String.init))
    if let text = value?.stringValue { return text }
    if let number = value?.integerValue { return String(number) }
    // A switch that is not there is off, and selectors name it as such.
    if let flag = value?.booleanValue { return flag ? "true" : "false" }
    return field == "spec.unschedulable" || field == "spec.hostNetwork" ? "false" : ""
  }
}
