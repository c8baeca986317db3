import WireFormats

/// What several controllers ask of a Pod.
enum PodReading {
  static func phase(_ pod: StoredObject) -> String {
    pod.value[path: "status", "phase"]?.stringValue ?? ""
  }

  static func node(of pod: StoredObject) -> String? {
    pod.value[path: "spec", "nodeName"]?.stringValue
  }

  static func address(of pod: StoredObject) -> String? {
    pod.value[path: "status", "podIP"]?.stringValue
  }

  /// Whether it counts for its owner: neither finished nor going away.
  static func isActive(_ pod: StoredObject) -> Bool {
    !pod.isTerminating && phase(pod) != "Succeeded" && phase(pod) != "Failed"
  }

  static func isReady(_ pod: StoredObject) -> Bool {
    Conditions.status(of: "Ready", in: pod.value) == "True"
  }
}

/// Reading and writing `status.conditions`.
enum Conditions {
  static func status(of type: JSONValue, in value: JSONValue) -> String? {
    value[path: "status", "conditions"]?.arrayValue?.first { $0["type"] == type }?["status"]?
      .stringValue
  }

  /// Puts a condition in place of the one of its type; the time of transition stays if the status does.
  static func set(_ condition: JSONValue, in value: inout JSONValue, at timestamp: String) {
    var condition = condition
    var conditions = value[path: "status", "conditions"]?.arrayValue ?? []
    let index = conditions.firstIndex { $0["type"] == condition["type"] }
    condition["lastTransitionTime"] = .string(timestamp)
    if let index {
      if conditions[index]["status"] == condition["status"] {
        condition["lastTransitionTime"] = conditions[index]["lastTransitionTime"]
      }
      conditions[index] = condition
    } else {
      conditions.append(condition)
    }
    value[path: "status", "conditions"] = .array(conditions)
  }
}
