import WireFormats

/// The rules for Events, which `v1` applies for old clients' sake, and `events.k8s.io/v1` more strictly.
///
/// Source: kubernetes/kubernetes, pkg/apis/core/validation/events.go.
struct EventValidation {
  private static let lengthLimits = [
    ("reportingInstance", 128), ("action", 128), ("reason", 128), ("message", 1024),
  ]
  private static let fixedFields = [
    "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count",
    "type", "eventTime", "action", "related", "reportingComponent", "reportingInstance",
  ]

  private let isStrict: Bool

  /// The rules of the group in which an event is written.
  init(_ resource: ServedResource) {
    isStrict = resource.storedAs != nil
  }

  /// Checks a new event in the form in which it is stored.
  func checkCreation(_ event: JSONValue, in namespace: String) throws(APIFailure) {
    var causes = legacyCauses(event, in: namespace)
    if isStrict {
      causes += seriesCauses(event)
      if !Self.isTime(event["eventTime"]) { causes.append(.required("eventTime")) }
      let type = event["type"]?.stringValue ?? ""
      if type != "Normal", type != "Warning" {
        causes.append(.invalid("type", "", "has invalid value: \(type)"))
      }
      for field in ["firstTimestamp", "lastTimestamp"] where Self.isTime(event[field]) {
        causes.append(.invalid(field, "", "needs to be unset"))
      }
      if (event["count"]?.integerValue ?? 0) != 0 {
        causes.append(.invalid("count", "", "needs to be unset"))
      }
      if ["component", "host"].contains(where: { Self.hasText(event["source"]?[$0]) }) {
        causes.append(.invalid("source", "", "needs to be unset"))
      }
    }
    try refuse(event, causes)
  }

  /// Checks what an event becomes, in the form in which it is stored.
  func checkChange(_ event: JSONValue, of current: StoredObject) throws(APIFailure) {
    var causes = legacyCauses(event, in: current.namespace)
    let old = EventConversion.completed(current.value)
    if isStrict {
      if event["series"] != old["series"] { causes += seriesCauses(event) }
      for field in Self.fixedFields where event[field] != old[field] {
        let value = event[field]?.encoded() ?? Array("null".utf8)
        let name = field == "reportingComponent" ? "reportingController" : field
        causes.append(
          .init(
            reason: "FieldValueInvalid",
            field: name,
            message: "Invalid value: \(String(decoding: value, as: UTF8.self)): field is immutable"
          )
        )
      }
    }
    try refuse(event, causes)
  }

  private func refuse(_ event: JSONValue, _ causes: [APIFailure.Cause]) throws(APIFailure) {
    guard causes.isEmpty else {
      throw .invalid(.events, event[path: "metadata", "name"]?.stringValue ?? "", causes)
    }
  }

  private func legacyCauses(_ event: JSONValue, in namespace: String) -> [APIFailure.Cause] {
    let concerned = event[path: "involvedObject", "namespace"]?.stringValue ?? ""
    let elsewhere = APIFailure.Cause.invalid(
      "involvedObject.namespace",
      concerned,
      "does not match event.namespace"
    )
    guard Self.isTime(event["eventTime"]) else {
      let isThere = concerned.isEmpty ? namespace == "default" : concerned == namespace
      return isThere ? [] : [elsewhere]
    }
    var causes: [APIFailure.Cause] = []
    if concerned.isEmpty, namespace != "default", namespace != "kube-system" {
      causes.append(elsewhere)
    }
    for field in ["reportingComponent", "reportingInstance", "action", "reason"]
    where !Self.hasText(event[field]) {
      causes.append(.required(field == "reportingComponent" ? "reportingController" : field))
    }
    for (field, limit) in Self.lengthLimits
    where (event[field]?.stringValue ?? "").utf8.count > limit {
      causes.append(.invalid(field, "", "can have at most \(limit) characters"))
    }
    return causes
  }

  private func seriesCauses(_ event: JSONValue) -> [APIFailure.Cause] {
    guard let series = event["series"], series.objectValue != nil else { return [] }
    var causes: [APIFailure.Cause] = []
    if (series["count"]?.integerValue ?? 0) < 2 {
      causes.append(.invalid("series.count", "", "should be at least 2"))
    }
    if !Self.isTime(series["lastObservedTime"]) {
      causes.append(.required("series.lastObservedTime"))
    }
    return causes
  }

  /// Whether a time is set: one that is not is null, or left out.
  private static func isTime(_ value: JSONValue?) -> Bool { value?.stringValue != nil }

  private static func hasText(_ value: JSONValue?) -> Bool {
    !(value?.stringValue ?? "").isEmpty
  }
}

extension APIFailure.Cause {
  fileprivate static func required(_ field: String) -> APIFailure.Cause {
    APIFailure.Cause(reason: "FieldValueRequired", field: field, message: "Required value")
  }

  fileprivate static func invalid(
    _ field: String,
    _ value: String,
    _ why: String
  ) -> APIFailure.Cause {
    APIFailure.Cause(
      reason: "FieldValueInvalid",
      field: field,
      message: "Invalid value: \"\(value)\": \(why)"
    )
  }
}
