import WireFormats

/// What a CustomResourceDefinition makes of the API.
enum CustomDefinitions {
  static let cleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io"

  /// The resources that a definition serves, one for each served version, the stored one first.
  static func resources(of definition: StoredObject) -> [ServedResource] {
    let spec = definition.value["spec"] ?? [:]
    guard let group = spec["group"]?.stringValue,
      let plural = spec[path: "names", "plural"]?.stringValue,
      let kind = spec[path: "names", "kind"]?.stringValue
    else { return [] }
    let versions = (spec["versions"]?.arrayValue ?? []).filter {
      $0["served"]?.booleanValue ?? true
    }
    return versions.sorted { isStored($0) && !isStored($1) }.map { version in
      var subresources: [Subresource] = []
      if version[path: "subresources", "status"] != nil { subresources.append(.status) }
      if version[path: "subresources", "scale"] != nil { subresources.append(.scale) }
      return ServedResource(
        plural,
        kind,
        group: group,
        version: version["name"]?.stringValue ?? "v1",
        singular: spec[path: "names", "singular"]?.stringValue,
        isNamespaced: spec["scope"]?.stringValue != "Cluster",
        verbs: [
          "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch",
        ],
        shortNames: texts(spec[path: "names", "shortNames"]),
        categories: texts(spec[path: "names", "categories"]),
        subresources: subresources,
        isCustom: true
      )
    }
  }

  /// Fills in what the server decides for a new definition: names left out, and that it is served at once.
  static func complete(_ value: inout JSONValue, at timestamp: String) {
    guard let kind = value[path: "spec", "names", "kind"]?.stringValue else { return }
    if value[path: "spec", "names", "listKind"] == nil {
      value[path: "spec", "names", "listKind"] = .string("\(kind)List")
    }
    if value[path: "spec", "names", "singular"] == nil {
      value[path: "spec", "names", "singular"] = .string(kind.lowercased())
    }
    if value[path: "spec", "conversion"] == nil {
      value[path: "spec", "conversion"] = ["strategy": "None"]
    }
    let stored = (value[path: "spec", "versions"]?.arrayValue ?? []).filter(isStored)
    value["status"] = [
      "acceptedNames": value[path: "spec", "names"] ?? [:],
      "storedVersions": .array(stored.compactMap { $0["name"] }),
      "conditions": [
        condition("NamesAccepted", "NoConflicts", "no conflicts found", timestamp),
        condition(
          "Established",
          "InitialNamesAccepted",
          "the initial names have been accepted",
          timestamp
        ),
      ],
    ]
  }

  static func markTerminating(_ value: inout JSONValue, at timestamp: String) {
    let terminating = condition(
      "Terminating",
      "InstanceDeletionPending",
      "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
      timestamp
    )
    let others = (value[path: "status", "conditions"]?.arrayValue ?? [])
      .filter { $0["type"]?.stringValue != "Terminating" }
    value[path: "status", "conditions"] = .array(others + [terminating])
  }

  private static func isStored(_ version: JSONValue) -> Bool {
    version["storage"]?.booleanValue ?? false
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    value?.arrayValue?.compactMap(\.stringValue) ?? []
  }

  private static func condition(
    _ type: JSONValue,
    _ reason: JSONValue,
    _ message: JSONValue,
    _ timestamp: String
  ) -> JSONValue {
    [
      "type": type, "status": "True", "lastTransitionTime": .string(timestamp), "reason": reason,
      "message": message,
    ]
  }
}
