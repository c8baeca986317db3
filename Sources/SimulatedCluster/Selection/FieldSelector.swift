import WireFormats

/// Which objects a `fieldSelector` parameter means: `spec.nodeName=node-1,status.phase!=Failed`.
struct FieldSelector: Sendable, Equatable {
  struct Requirement: Sendable, Equatable {
    /// Where it stands in what is stored.
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
    guard !text.isEmpty else { return }
    let known = Self.known(of: resource)
    for part in text.split(separator: ",") {
      let requirement = try Self.requirement(String(part))
      guard let field = known[requirement.field] else {
        throw .badRequest("field label not supported: \(requirement.field)")
      }
      requirements.append(
        Requirement(field: field, value: requirement.value, isNegated: requirement.isNegated)
      )
    }
  }

  /// The fields that a resource's objects can be selected by, with the fields as which they are stored.
  private static func known(of resource: ServedResource) -> [String: String] {
    let stored = common.union(special[resource.kind] ?? [])
    let isEventOfItsGroup = resource == .eventsOfTheirOwnGroup
    let pairs = stored.compactMap { field -> (String, String)? in
      guard isEventOfItsGroup else { return (field, field) }
      // Who wrote it is known there as the reporting controller alone.
      return field == "source" ? nil : (EventConversion.servedField(field), field)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
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
    // Of an event's source only its first part can be selected, for which its reporter stands, too.
    if field == "source" {
      let component = object.member("source", "component")?.stringValue ?? ""
      guard component.isEmpty else { return component }
      return object.member("reportingComponent")?.stringValue ?? ""
    }
    let value = object.member(field.split(separator: ".").map(String.init))
    if let text = value?.stringValue { return text }
    if let number = value?.integerValue { return String(number) }
    // A switch that is not there is off, and selectors name it as such.
    if let flag = value?.booleanValue { return flag ? "true" : "false" }
    return field == "spec.unschedulable" || field == "spec.hostNetwork" ? "false" : ""
  }
}
